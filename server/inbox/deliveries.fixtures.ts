import { createHmac } from 'node:crypto';
import { shopifyCommerce } from '../commerce/shopify/reading/shopify.commerce.ts';
import { wooCommerce } from '../commerce/woocommerce/reading/woocommerce.commerce.ts';
import { rowsOf } from '../db/testing.tables.ts';
import type { World } from '../db/testing.ts';
import { createApplier } from '../intake/apply.usecases.ts';
import { type DrainDeps, drainInbox } from './drain.usecases.ts';
import { createReceiver } from './receive.usecases.ts';

type Json = Record<string, unknown>;

/** For tests only: the body of an order as Shopify sends it, of 100.00 USD on 2025-03-01, by the customer 501. */
export const orderBody = (fields: Json = {}): Json => ({
  id: 7001,
  name: '#1001',
  currency: 'USD',
  total_price: '100.00',
  financial_status: 'paid',
  test: false,
  created_at: '2025-03-01T10:00:00Z',
  updated_at: '2025-03-01T10:00:00Z',
  source_name: 'web',
  refunds: [],
  email: 'ada@example.test',
  customer: {
    id: 501,
    email: 'ada@example.test',
    first_name: 'Ada',
    last_name: 'Quartz',
    phone: '+12025550123',
    updated_at: '2025-03-01T10:00:00Z',
  },
  line_items: [{ id: 11, product_id: 900, title: 'Tea', quantity: 1, price: '100.00' }],
  ...fields,
});

export const bytesOf = (body: unknown): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

type About = { topic: string; domain?: string; secret?: string; id?: string; triggeredAt?: string };

/** The headers with which Shopify signs a body. */
export function signedHeaders(body: unknown, { topic, ...about }: About): Record<string, string> {
  const { domain = 'shop.example.test', secret = 'test-secret', id, triggeredAt } = about;
  return {
    'content-type': 'application/json',
    'x-shopify-topic': topic,
    'x-shopify-shop-domain': domain,
    'x-shopify-hmac-sha256': createHmac('sha256', secret).update(bytesOf(body)).digest('base64'),
    ...(id === undefined ? {} : { 'x-shopify-webhook-id': id }),
    ...(triggeredAt === undefined ? {} : { 'x-shopify-triggered-at': triggeredAt }),
  };
}

export const drainDepsOf = (world: World): DrainDeps => ({
  db: world.db,
  clock: world.clock,
  ids: world.ids,
  reactions: world.reactions,
  logger: world.logger,
  commerce: { shopify: shopifyCommerce, woocommerce: wooCommerce },
  applier: createApplier(world.features),
});

/** Stores deliveries of `[topic, body]`, in that order, each an instant after the one before. */
export async function store(world: World, shopId: number, deliveries: [topic: string, body: unknown][]): Promise<void> {
  const receiver = createReceiver(world);
  for (const [topic, body] of deliveries) {
    world.clock.advance(1);
    const delivery = {
      shopId,
      topic,
      body: bytesOf(body),
      deliveryId: world.ids.next(),
      triggeredAt: world.clock.now(),
    };
    await receiver.receive(delivery);
  }
}

export const drain = (world: World, shopId: number): Promise<number> => drainInbox(drainDepsOf(world), shopId);

/** Stores deliveries and applies them. @returns the shop's inbox, oldest first */
export async function deliver(world: World, shopId: number, ...deliveries: [topic: string, body: unknown][]) {
  await store(world, shopId, deliveries);
  await drain(world, shopId);
  return inboxOf(world, shopId);
}

export const inboxOf = async (world: World, shopId: number) =>
  (await rowsOf(world, shopId, 'inbox')).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
