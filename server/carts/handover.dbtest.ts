import supertest from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { type TestApp, testApp } from '../http/http.fixtures.ts';
import { bytesOf, inboxOf, signedHeaders } from '../inbox/deliveries.fixtures.ts';

let world: World;
let shop: number;
let server: TestApp;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
  server = await testApp(world);
  await server.app.start();
});
afterEach(async () => {
  await server.stop();
  await world.close();
});

/** A webhook as Shopify sends it, and what follows from it. */
async function hear(topic: string, body: unknown): Promise<void> {
  const { status } = await supertest(server.app.http)
    .post('/webhooks/shopify')
    .set(signedHeaders(body, { topic, id: world.ids.next() }))
    .serialize((data) => data as string)
    .send(bytesOf(body) as unknown as string);
  expect(status).toBe(200);
  await server.app.jobs.idle();
}

const ADA = { id: 501, email: 'ada@example.test', phone: '+12025550123', updated_at: '2025-03-01T00:00:00Z' };
const BOB = { id: 502, email: 'bob@example.test', phone: null, updated_at: '2025-03-01T00:00:00Z' };
const checkout = (token: string, customer: object, contact: { email: string | null; phone: string | null }) => ({
  token,
  customer,
  ...contact,
  currency: 'USD',
  total_price: '12.00',
  created_at: '2025-03-02T00:00:00Z',
  updated_at: '2025-03-02T00:00:00Z',
  abandoned_checkout_url: `https://shop.example.test/recover/${token}`,
});

test('erasing a customer takes contact and links out of all their carts, whatever contact was given there', async () => {
  await hear('checkouts/update', checkout('own', ADA, { email: ADA.email, phone: ADA.phone }));
  // A gift: somebody else's address, which leads to nobody who is erased.
  await hear('checkouts/update', checkout('gift', ADA, { email: 'office@example.test', phone: '+12025550199' }));
  await hear('checkouts/update', checkout('bare', ADA, { email: null, phone: null }));
  await hear('checkouts/update', checkout('other', BOB, { email: BOB.email, phone: null }));
  const before = await rowsOf(world, shop, 'carts');
  expect(before.every(({ recoveryUrl }) => recoveryUrl !== null)).toBe(true);
  await hear('customers/redact', {
    shop_domain: 'shop.example.test',
    customer: { id: 501, email: ADA.email, phone: ADA.phone },
    orders_to_redact: [],
  });
  expect((await inboxOf(world, shop)).map(({ state }) => state)).toEqual(Array(5).fill('applied'));
  const carts = new Map((await rowsOf(world, shop, 'carts')).map((cart) => [cart.token, cart]));
  const empty = { email: null, phone: null, recoveryUrl: null };
  for (const token of ['own', 'gift', 'bare']) expect(carts.get(token)).toMatchObject({ ...empty, total: 1_200 });
  const [other] = before.filter(({ token }) => token === 'other');
  expect(carts.get('other')).toEqual(other);
});
