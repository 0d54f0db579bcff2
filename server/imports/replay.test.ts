import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testClock } from '../shared/clock.ts';
import { csvOf, scratchFolder } from './imports.fixtures.ts';
import { type ReplayOptions, replayOrders } from './replay.ts';

const SECRET = 'replay-secret';
const HEADER = ['order_id', 'customer', 'email', 'created_at', 'total', 'currency'];
const ORDERS = 500;

const files = scratchFolder();
afterAll(files.remove);

type Received = { headers: IncomingHttpHeaders; body: string; id: number };

let server: Server;
let received: Received[] = [];
let connections = 0;
let open = 0;
let mostOpen = 0;
let statusOf: (received: Received) => number;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString();
    const one = { headers: { ...request.headers, ':path': request.url }, body, id: JSON.parse(body).id as number };
    received.push(one);
    open -= 1;
    response.writeHead(statusOf(one)).end('ok');
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
});
beforeEach(() => {
  received = [];
  statusOf = () => 200;
  mostOpen = 0;
  connections = 0;
});
afterEach(() => server.closeAllConnections());

const file = files.write(
  csvOf(
    HEADER,
    Array.from({ length: ORDERS }, (_, index) => ({
      order_id: index + 1,
      customer: String((index % 50) + 1).padStart(5, '0'),
      email: `c${index % 50}@example.test`,
      created_at: '2020-01-01T00:00:00Z',
      total: '11.77',
      currency: 'USD',
    })),
  ),
  { gz: true },
);

const replay = (options: Partial<ReplayOptions> = {}) =>
  replayOrders({
    file,
    domain: 'acme.myshopify.com',
    shopCurrency: 'USD',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    secret: SECRET,
    clock: testClock(),
    ...options,
  });

const ids = () => received.map(({ id }) => id);
const webhookIds = () => received.map(({ headers }) => headers['x-shopify-webhook-id']);

describe('replayOrders', () => {
  it('sends each order once, signed as Shopify signs, over a few kept-alive connections', async () => {
    const report = await replay();
    expect(report).toMatchObject({ sent: ORDERS, accepted: ORDERS, duplicates: 0, refused: 0, unreadable: 0 });
    expect(report.perSecond).toBeGreaterThan(10);
    expect(report.p99Ms).toBeGreaterThanOrEqual(report.p50Ms);
    expect(report.p50Ms).toBeGreaterThan(0);
    expect(ids().sort((a, b) => a - b)).toEqual(Array.from({ length: ORDERS }, (_, index) => index + 1));
    expect(new Set(webhookIds()).size).toBe(ORDERS);
    for (const { headers, body } of received) {
      expect(headers['x-shopify-hmac-sha256']).toBe(createHmac('sha256', SECRET).update(body).digest('base64'));
      expect(headers['x-shopify-webhook-id']).toMatch(
        /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
      );
    }
    expect(received[0]?.headers).toMatchObject({
      ':path': '/webhooks/shopify',
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/paid',
      'x-shopify-shop-domain': 'acme.myshopify.com',
      'x-shopify-api-version': '2026-10',
      'x-shopify-triggered-at': '2026-01-01T00:00:00.000Z',
    });
    expect(JSON.parse(received.find(({ id }) => id === 7)?.body ?? '')).toMatchObject({
      total_price: '11.77',
      customer: { id: 7 },
    });
    expect(mostOpen).toBeLessThanOrEqual(32);
    expect(connections).toBeLessThanOrEqual(32);
  });

  it('sends about the asked share twice: the same delivery, soon after the first', async () => {
    const report = await replay({ duplicate: 0.2 });
    expect(report.duplicates).toBeGreaterThan(ORDERS * 0.12);
    expect(report.duplicates).toBeLessThan(ORDERS * 0.28);
    expect(report).toMatchObject({ sent: ORDERS + report.duplicates, accepted: report.sent, refused: 0 });
    const bodies = new Map<number, string>();
    for (const { id, body, headers } of received) {
      const said = `${headers['x-shopify-webhook-id']} ${headers['x-shopify-triggered-at']} ${body}`;
      expect(bodies.get(id) ?? said).toBe(said);
      bodies.set(id, said);
    }
    expect(bodies.size).toBe(ORDERS);
    expect((await replay({ duplicate: 1 })).sent).toBe(2 * ORDERS);
  });

  it('sends the same deliveries for the same seed, and new ones for another', async () => {
    await replay({ shuffle: 100, seed: 1 });
    const known = webhookIds();
    received = [];
    await replay({ seed: 1 });
    expect(new Set(webhookIds())).toEqual(new Set(known));
    received = [];
    await replay({ seed: 2 });
    expect(new Set(webhookIds()).isDisjointFrom(new Set(known))).toBe(true);
  });

  it('counts every answer but 200 as refused, and a duplicate of it too', async () => {
    statusOf = ({ id }) => (id % 10 === 0 ? 500 : id % 10 === 1 ? 202 : 200);
    expect(await replay()).toMatchObject({ sent: ORDERS, accepted: ORDERS * 0.8, refused: ORDERS * 0.2 });
  });

  it('counts no answer as refused', async () => {
    const report = await replay({ url: 'http://127.0.0.1:9' });
    expect(report).toMatchObject({ sent: ORDERS, accepted: 0, refused: ORDERS });
  });

  it('keeps to the rate', async () => {
    const few = files.write(
      csvOf(
        HEADER,
        [1, 2, 3, 4, 5, 6].map((id) => ({
          order_id: id,
          customer: 1,
          email: '',
          created_at: '2020-01-01',
          total: 1,
          currency: 'USD',
        })),
      ),
    );
    const began = performance.now();
    const report = await replay({ file: few, rate: 20 });
    expect(performance.now() - began).toBeGreaterThan(240);
    expect(report.perSecond).toBeLessThan(25);
  });

  it('does not send what it cannot read, and says so', async () => {
    const odd = files.write(
      `${HEADER.join(',')}\n1,1,a@example.test,never,1,USD\n2,1,a@example.test,2020-01-01,1,USD\n`,
    );
    expect(await replay({ file: odd })).toMatchObject({ sent: 1, accepted: 1, unreadable: 1 });
  });

  it('reads Shopify’s own export too', async () => {
    const header = [
      'Name',
      'Email',
      'Financial Status',
      'Paid at',
      'Total',
      'Currency',
      'Created at',
      'Lineitem quantity',
      'Lineitem name',
      'Lineitem price',
      'Refunded Amount',
    ];
    const row = {
      Name: '#1',
      Email: 'a@example.test',
      Total: '5.00',
      Currency: 'USD',
      'Created at': '2020-01-01',
      'Lineitem quantity': 1,
      'Lineitem name': 'Mug',
      'Lineitem price': '5.00',
    };
    const rows = [
      { ...row, 'Financial Status': 'paid' },
      { ...row, Name: '#2', 'Financial Status': 'refunded', 'Refunded Amount': '5.00' },
    ];
    expect(await replay({ file: files.write(csvOf(header, rows)), timeZone: 'Asia/Tehran' })).toMatchObject({
      accepted: 2,
    });
    const byName = new Map(
      received.map(({ headers, body }) => [
        JSON.parse(body).name,
        { topic: headers['x-shopify-topic'], ...JSON.parse(body) },
      ]),
    );
    expect(byName.get('#1')).toMatchObject({
      topic: 'orders/paid',
      created_at: '2019-12-31T20:30:00Z',
      customer: null,
    });
    expect(byName.get('#2')).toMatchObject({
      topic: 'orders/updated',
      refunds: [{ transactions: [{ amount: '5.00' }] }],
    });
  });

  it.each([
    [{ platform: 'woocommerce' as const }, 'replay.platform'],
    [{ rate: 0 }, 'replay.invalid'],
    [{ duplicate: 1.5 }, 'replay.invalid'],
    [{ duplicate: Number.NaN }, 'replay.invalid'],
    [{ shuffle: 1.5 }, 'replay.invalid'],
    [{ url: 'ftp://x' }, 'replay.invalid'],
    [{ url: 'nowhere' }, 'replay.invalid'],
    [{ file: '/no/such/file' }, 'imports.missing'],
  ])('refuses %j', async (options, code) => {
    await expect(replay(options)).rejects.toMatchObject({ code });
    expect(received).toEqual([]);
  });
});
