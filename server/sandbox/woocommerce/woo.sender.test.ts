import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { announce, placeOrder, refundOrder, registerCustomer } from '../store/sandbox.shopping.ts';
import { createStore } from '../store/sandbox.store.ts';
import { type Answered, testWooStore } from './woo.fixtures.ts';

type Received = { headers: Record<string, unknown>; body: string };

let shop: ReturnType<typeof testWooStore>;
let app: { url: string; got: Received[]; answer: number; close(): Promise<unknown> };

beforeEach(async () => {
  shop = testWooStore();
  const got: Received[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    got.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    response.writeHead(app.answer, app.answer === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  app = { url, got, answer: 200, close };
});
afterEach(async () => {
  await shop.close();
  await app.close();
});

const lines = [{ product: '8100000001', quantity: 1 }];
const buy = (email = 'mina@example.test', paid = true) =>
  placeOrder(shop.store, { customer: { email, guest: true }, lines, paid }).platformId;
const subscribe = async (...topics: string[]): Promise<Answered[]> => {
  const made: Answered[] = [];
  for (const topic of topics)
    made.push((await shop.call('POST', 'webhooks', { topic, delivery_url: `${app.url}/hook`, secret: 's3cret' })).body);
  shop.woo.sender.start('');
  return made;
};
/** What came since last asked: topics, and bodies. */
const received = async (): Promise<{ topic: string; body: Answered }[]> => {
  await shop.woo.sender.flush();
  return app.got
    .splice(0)
    .filter(({ headers }) => headers['x-wc-webhook-topic'])
    .map(({ headers, body }) => ({ topic: String(headers['x-wc-webhook-topic']), body: JSON.parse(body) }));
};
const topics = async () => (await received()).map(({ topic }) => topic);

describe('the ping', () => {
  test('is a form without X-WC headers, and comes before the create call returns', async () => {
    await subscribe('order.created');
    expect(app.got).toHaveLength(1);
    expect(app.got[0]).toMatchObject({
      body: 'webhook_id=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(Object.keys(app.got[0]?.headers ?? {}).filter((name) => name.startsWith('x-wc'))).toEqual([]);
  });

  test('comes again with every delivery until it gets exactly 200', async () => {
    app.answer = 204;
    await subscribe('order.created');
    const pings = () => app.got.filter(({ body }) => body.startsWith('webhook_id=')).length;
    for (const wanted of [2, 3]) {
      buy();
      await shop.woo.sender.flush();
      expect(pings()).toBe(wanted);
    }
    app.answer = 200;
    for (let i = 0; i < 2; i += 1) {
      buy();
      await shop.woo.sender.flush();
    }
    expect(pings()).toBe(4);
  });
});

describe('deliveries', () => {
  test('are signed over escaped bytes', async () => {
    await subscribe('order.created');
    placeOrder(shop.store, {
      customer: { email: 'a@example.test', guest: true, firstName: 'مینا' },
      lines,
      paid: true,
    });
    await shop.woo.sender.flush();
    const { headers, body } = app.got.at(-1) as Received;
    expect(body).toContain('"first_name":"\\u0645\\u06cc');
    expect(body).toContain('https:\\/\\/');
    expect(headers['x-wc-webhook-signature']).toBe(createHmac('sha256', 's3cret').update(body).digest('base64'));
  });

  test('order.updated comes before order.created at the block checkout, and created can come twice', async () => {
    shop.woo.faults.createdTwice = true;
    await subscribe('order.created', 'order.updated');
    buy();
    expect(await topics()).toEqual(['order.updated', 'order.created', 'order.created']);
  });

  test('ids last a second: different events share one', async () => {
    await subscribe('order.created');
    buy();
    buy();
    await shop.woo.sender.flush();
    shop.clock.advance(1000);
    buy();
    await shop.woo.sender.flush();
    const ids = app.got.slice(1).map(({ headers }) => headers['x-wc-webhook-delivery-id']);
    expect([ids[0] === ids[1], ids[1] === ids[2]]).toEqual([true, false]);
  });

  test('the payload is built at delivery time and updates coalesce', async () => {
    await subscribe('order.updated');
    const id = buy('a@example.test');
    await received();
    shop.woo.faults.quiet = true;
    refundOrder(shop.store, id, [{ lineId: `${id}01`, quantity: 1 }]);
    shop.admin.setStatus(id, 'on-hold');
    expect(await received()).toEqual([]);
    shop.woo.faults.quiet = false;
    const all = await received();
    expect(all.map(({ body }) => [body.status, body.refunds.length])).toEqual([['on-hold', 1]]);
  });

  test('an order that is gone is told as a signed REST error body, and so is an owner without rights', async () => {
    await subscribe('order.created');
    shop.admin.remove(buy());
    expect((await received())[0]?.body).toEqual({
      code: 'woocommerce_rest_shop_order_invalid_id',
      message: 'Invalid ID.',
      data: { status: 404 },
    });
    shop.woo.faults.ownerWithoutRights = true;
    buy();
    expect((await received())[0]?.body).toMatchObject({ code: 'woocommerce_rest_cannot_view', data: { status: 403 } });
  });

  test('trash sends only an id, a forced delete nothing, restoring order.restored', async () => {
    await subscribe('order.deleted', 'order.restored', 'order.updated');
    const [one, two] = [buy(), buy()];
    await received();
    shop.admin.trash(one);
    shop.admin.remove(two);
    expect(await received()).toEqual([{ topic: 'order.deleted', body: { id: Number(one) } }]);
    shop.admin.restore(one);
    expect((await received()).map(({ topic, body }) => [topic, body.status])).toEqual([
      ['order.restored', 'processing'],
    ]);
  });

  test('trashing a product also fires a bogus coupon.deleted', async () => {
    await subscribe('product.deleted', 'coupon.deleted');
    shop.admin.trashProduct('8100000002');
    const body = { id: 8_100_000_002 };
    expect(await received()).toEqual([
      { topic: 'product.deleted', body },
      { topic: 'coupon.deleted', body },
    ]);
  });

  test('deleting a refund fires nothing', async () => {
    await subscribe('order.updated', 'action.woocommerce_order_refunded');
    const id = buy();
    const { platformId } = refundOrder(shop.store, id, 'all');
    await received();
    shop.admin.removeRefund(id, platformId);
    expect(await received()).toEqual([]);
  });

  test('guests fire no customer.created, accounts do; deleting one sends an id', async () => {
    await subscribe('customer.created', 'customer.updated', 'customer.deleted');
    buy();
    expect(await topics()).toEqual([]);
    const { id } = registerCustomer(shop.store, { email: 'reza@example.test' });
    expect(await topics()).toEqual(['customer.created', 'customer.updated']);
    shop.admin.removeCustomer(id);
    expect(await received()).toEqual([{ topic: 'customer.deleted', body: { id: Number(id) } }]);
  });

  test('action topics carry the first argument only, and must begin woocommerce_ or wc_', async () => {
    await subscribe('action.woocommerce_order_refunded');
    const id = buy();
    refundOrder(shop.store, id, 'all');
    expect((await received()).map(({ body }) => body)).toEqual([
      { action: 'woocommerce_order_refunded', arg: Number(id) },
    ]);
    const answer = await shop.call('POST', 'webhooks', { topic: 'action.my_event', delivery_url: app.url });
    expect(answer.status).toBe(400);
  });

  test('our own REST writes come back', async () => {
    await subscribe('coupon.created', 'coupon.updated');
    const { id } = (await shop.call('POST', 'coupons', { code: 'x', amount: '1' })).body;
    expect(await topics()).toEqual(['coupon.created']);
    await shop.call('PUT', `coupons/${id}`, { amount: '2' });
    expect((await received()).map(({ topic, body }) => [topic, body.amount])).toEqual([['coupon.updated', '2.00']]);
  });

  test('what somebody made up goes signed by the webhook of its topic', async () => {
    await subscribe('order.updated');
    announce(shop.store, 'order.updated', '{"code":"x"}');
    expect(await shop.woo.sender.flush()).toBe(200);
    expect(await received()).toEqual([{ topic: 'order.updated', body: { code: 'x' } }]);
  });
});

describe('failures', () => {
  const fail = async (times: number) => {
    for (let i = 0; i < times; i += 1) {
      buy();
      await shop.woo.sender.flush();
    }
  };
  const status = async () => (await shop.call('GET', 'webhooks/1')).body.status;

  test('there are no retries', async () => {
    await subscribe('order.created');
    app.answer = 500;
    await fail(1);
    app.answer = 200;
    app.got.splice(0);
    expect(await received()).toEqual([]);
  });

  test('the 7th in a row disables the webhook, and re-activation keeps the count', async () => {
    await subscribe('order.created');
    app.answer = 500;
    await fail(6);
    expect(await status()).toBe('active');
    await fail(1);
    expect(await status()).toBe('disabled');
    app.got.splice(0);
    await fail(1);
    expect(app.got).toEqual([]);
    await shop.call('PUT', 'webhooks/1', { status: 'active' });
    await fail(1);
    expect(await status()).toBe('disabled');
    await shop.call('DELETE', 'webhooks/1?force=true');
    expect((await shop.call('GET', 'webhooks')).body).toEqual([]);
  });

  test('301 and 302 count as success and are not followed', async () => {
    await subscribe('order.created');
    app.answer = 500;
    await fail(6);
    app.answer = 302;
    await fail(1);
    app.answer = 500;
    await fail(6);
    expect(await status()).toBe('active');
  });
});

test('what is owed survives a restart, what was sent does not come again', async () => {
  await subscribe('order.created');
  shop.woo.faults.quiet = true;
  const id = buy();
  const { folder, clock, store } = shop;
  const again = () =>
    createStore({ folder, clock, domain: store.domain, past: { customers: [], orders: [] }, tell: () => [] });
  expect([...again().owed.values()]).toMatchObject([{ topic: 'order.created', about: { hook: 1, id }, body: '' }]);
  shop.woo.faults.quiet = false;
  expect(await topics()).toEqual(['order.created']);
  expect(again().owed.size).toBe(0);
});
