import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DeliveryRefused } from '../../commerce.errors.ts';
import type { Change, OrderState } from '../../commerce.types.ts';
import { wooCommerce } from './woocommerce.commerce.ts';
import { orderChanges } from './woocommerce.orders.ts';
import { wooCoupon, wooCustomer, wooOrder, wooProduct, wooRefund } from './woocommerce.shapes.ts';
import { verifyWooCommerce } from './woocommerce.webhooks.ts';

const folder = fileURLToPath(new URL('../../../../../shared/samples/woocommerce', import.meta.url));
const shop = { currency: 'EUR', timeZone: 'Europe/Sofia', country: null };
const SECRET = 'lab-webhook-secret';
const RECEIVED = Date.UTC(2026, 10, 22, 2);

type Delivered = { name: string; headers: Record<string, string>; body: Buffer };

const present = existsSync(folder);
if (!present) console.log('skipped: no shared samples of WooCommerce');

const load = (name: string) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
const files = present ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
const deliveries = files.flatMap((name): Delivered[] => {
  const { headers, raw_body: body } = load(name);
  return headers?.['x-wc-webhook-topic'] ? [{ name, headers, body: Buffer.from(body) }] : [];
});

function outcome({ headers, body }: Delivered): Change[] | DeliveryRefused {
  const topic = headers['x-wc-webhook-topic'] ?? '';
  try {
    return wooCommerce.read({ topic, body, triggeredAt: RECEIVED, receivedAt: RECEIVED }, shop);
  } catch (error) {
    if (error instanceof DeliveryRefused) return error;
    throw error;
  }
}

/** In a word: the kinds of facts, or why there are none. */
function named(result: Change[] | DeliveryRefused): string {
  if (result instanceof DeliveryRefused) return result.code;
  return result.map((change) => (change.kind === 'ignored' ? `ignored: ${change.reason}` : change.kind)).join(' + ');
}
const about = (name: string): Change[] => {
  const result = outcome(deliveries.find((one) => one.name === name) as Delivered);
  if (result instanceof DeliveryRefused) throw result;
  return result;
};
function theOrder(name: string): OrderState {
  const [change] = about(name);
  if (change?.kind !== 'order') throw new Error(`${name} says nothing of an order`);
  return change.order;
}

describe.skipIf(!present)('true deliveries of genuine stores', () => {
  it.each(deliveries)('$name is signed, and read or refused for a reason', (delivery) => {
    expect(verifyWooCommerce(delivery.headers, delivery.body, SECRET)).toMatchObject({ ok: true });
    expect(verifyWooCommerce(delivery.headers, delivery.body, 'another')).toMatchObject({ ok: false, status: 401 });
    const result = outcome(delivery);
    if (result instanceof DeliveryRefused) expect(result.message).toMatch(/^[A-Z].{30,}\.$/);
    else expect(result.length).toBeGreaterThan(0);
  });

  it('are as many as there are, with these outcomes', () => {
    const counts: Record<string, number> = {};
    for (const delivery of deliveries) {
      const name = named(outcome(delivery)).replace(/\d+/g, 'N');
      counts[name] = (counts[name] ?? 0) + 1;
    }
    expect(counts).toEqual({
      order: 45,
      customer: 17,
      product: 19,
      coupon: 7,
      'order-reread': 26,
      'order-deleted + order-reread': 1,
      'customer-deleted': 1,
      'product-deleted': 1,
      // A product was put into the trash: the store says so of a coupon, too.
      'coupon-deleted': 1,
      'ignored: The order N is "auto-draft": it is a cart and no order yet. + order-unplaced': 2,
      'ignored: The order N is "checkout-draft": it is a cart and no order yet. + order-unplaced': 1,
      'ignored: The order was deleted before the store sent this message about it.': 2,
      'ignored: Bazgasht does not use the topic "action.wc_lab_cart_abandoned".': 1,
      'delivery.no_rights': 1,
    });
    expect(deliveries).toHaveLength(125);
  });

  it('the ping is one', () => {
    const [ping] = [load('webhook.ping.json')].flat();
    expect(verifyWooCommerce(ping.headers, Buffer.from(ping.raw_body), SECRET)).toEqual({ ok: true, ping: true });
  });

  it('prices with tax inside: goods, shipping, tax and discounts to the cent', () => {
    expect(theOrder('classic-guest-coupon.order.created.43.json')).toMatchObject({
      platformId: '43',
      number: '43',
      financial: 'paid',
      total: 4_468,
      shipping: 490,
      tax: 745,
      discount: 1_100,
      source: 'checkout',
      discountCodes: ['loyal-ana-10'],
      paidAt: null,
      checkoutToken: null,
      placedAt: Date.UTC(2026, 10, 22, 1, 6, 27),
      customer: { platformId: null, email: 'ana@example.test', country: 'BG' },
      lines: [{ platformId: '30', quantity: 2, unitPrice: 2_490, discount: 1_100, taxIncluded: 647 }],
    });
  });

  it('a refund by parts and then the rest, in webhooks and by REST', () => {
    const order = theOrder('refund-full-remaining.order.updated.22.json');
    expect(order).toMatchObject({ financial: 'refunded', total: 4_178 });
    expect(order.refunds.map(({ platformId, amount, lines }) => [platformId, amount, lines])).toEqual([
      ['29', 3_128, []],
      ['28', 550, []],
      ['27', 500, []],
    ]);
    const body = load('refund-full-remaining.order.updated.22.json').body;
    const refunds = load('rest.refunds-of-order.json').body.map((one: unknown) => wooRefund.parse(one));
    const read = orderChanges(wooOrder.parse(body), { readAt: RECEIVED, hash: 'x' }, shop, refunds);
    expect(read.map(({ kind }) => kind)).toEqual([
      ...['refund-detail', 'refund-detail', 'refund-detail', 'order', 'order-restored'],
    ]);
    expect(read[1]).toMatchObject({
      orderId: '22',
      refund: { at: Date.UTC(2026, 10, 22, 1, 0, 27), amount: 550, lines: [{ lineId: '6', quantity: 1, amount: 458 }] },
    });
  });

  it('lists by REST are of the shapes that deliveries have', () => {
    const all = (name: string, shape: { parse: (value: unknown) => { id: string } }) =>
      (load(name).body as unknown[]).map((one) => shape.parse(one).id);
    expect(all('rest.orders-page2.json', wooOrder).length).toBeGreaterThan(0);
    expect(all('rest.customers.json', wooCustomer).length).toBeGreaterThan(0);
    expect(all('rest.products.json', wooProduct).length).toBeGreaterThan(0);
    expect(all('rest.coupons.json', wooCoupon).length).toBeGreaterThan(0);
    expect(all('rest.refunds-all.json', wooRefund)).toEqual(['30', '29', '28', '27']);
  });

  it('no e-mail that a coupon is restricted to is taken over', () => {
    for (const delivery of deliveries.filter(({ name }) => name.includes('.coupon.')))
      expect(JSON.stringify(outcome(delivery))).not.toContain('@');
  });
});
