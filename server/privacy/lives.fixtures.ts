import { insertAnswer } from '../api/api.repository.ts';
import { addKey } from '../api/keys.usecases.ts';
import { askArchive } from '../archives/archives.usecases.ts';
import { programRules } from '../contracts/program.ts';
import { couponState } from '../coupons/coupons.fixtures.ts';
import { recordCoupon } from '../coupons/coupons.usecases.ts';
import { customerFor, recordConsent, recordTags } from '../customers/customers.usecases.ts';
import { addNote } from '../customers/notes.usecases.ts';
import { dump, places } from '../db/testing.tables.ts';
import type { World } from '../db/testing.ts';
import { noteKind } from '../effects/effects.fixtures.ts';
import { owe } from '../effects/effects.usecases.ts';
import { keepPiece } from '../files/files.usecases.ts';
import type { ReceivedFile } from '../imports/receive.usecases.ts';
import { beginRun } from '../imports/runs.usecases.ts';
import { deliver, orderBody, store } from '../inbox/deliveries.fixtures.ts';
import { foldShop } from '../insights/fold.usecases.ts';
import { putEconomics } from '../insights/insights.repository.ts';
import { recountCustomers } from '../insights/insights.usecases.ts';
import { adjustPoints } from '../points/adjust.usecases.ts';
import { checkLedger } from '../points/check.usecases.ts';
import { putRunning } from '../points/running.repository.ts';
import { reservePoints } from '../points/spend.usecases.ts';
import { unused } from '../points/targets.rules.ts';
import { defineProgram } from '../program/program.usecases.ts';
import { askReread } from '../syncs/syncs.usecases.ts';
import { putSums } from '../tiers/sums.repository.ts';
import { noSums } from '../tiers/sums.rules.ts';

export type Json = Record<string, unknown>;
export type Delivery = [topic: string, body: unknown];

/** For tests only: how the platform asks to erase a customer, and what is kept of one. */
export const redact = (customer: Json, orders: number[] = []): Delivery => [
  'customers/redact',
  { shop_domain: 'shop.example.test', customer, orders_to_redact: orders },
];
export const request = (customer: Json, orders: number[] = []): Delivery => [
  'customers/data_request',
  { customer, orders_requested: orders, data_request: { id: 77 } },
];

export const ADA = { id: 501, email: 'ada@example.test', phone: '+12025550123' };
export const account: Delivery = [
  'customers/create',
  {
    ...ADA,
    first_name: 'Ada',
    last_name: 'Quartz',
    note: '=cmd|calc',
    created_at: '2025-01-01T00:00:00Z',
    updated_at: '2025-02-01T00:00:00Z',
    locale: 'en',
  },
];
export const cart: Delivery = [
  'checkouts/update',
  {
    token: 'token-1',
    email: ADA.email,
    phone: ADA.phone,
    currency: 'USD',
    total_price: '12.00',
    customer: ADA,
    created_at: '2025-03-02T00:00:00Z',
    abandoned_checkout_url: 'https://shop.example.test/r?e=ada@example.test',
  },
];

/** Every word by which Ada could be known. */
const TRACES = ['ada@example.test', '2025550123', 'Quartz', '=cmd', 'ada@old.test', '"Ada'];

/** Where any of them stands in some tables. */
export const tracesIn = (tables: Record<string, Json[]>): string[] =>
  TRACES.flatMap((word) => places(tables, word).map((place) => `${word} in ${place}`));

export const traces = async (world: World, shop: number): Promise<string[]> => tracesIn(await dump(world, shop));

/** Ada's id. */
export const adaIn = (world: World, shop: number): Promise<string> =>
  world.inShop(shop, async (scope) =>
    String(await customerFor(scope, { platformId: String(ADA.id), email: null, phone: null })),
  );

/** Ada's whole life as the platform tells it, with what was noted of her here. */
export async function aWholeLife(world: World, shop: number): Promise<void> {
  await deliver(
    ...([world, shop] as const),
    account,
    ['orders/create', orderBody({ buyer_accepts_marketing: true, email: 'ada@old.test' })],
    [
      'orders/create',
      orderBody({
        id: 7002,
        name: '#1002',
        customer: { id: 501, email: 'ada@old.test', updated_at: '2025-01-15T00:00:00Z' },
      }),
    ],
    cart,
    [
      'customers_email_marketing_consent/update',
      {
        customer_id: 501,
        email_address: ADA.email,
        email_marketing_consent: { state: 'subscribed', consent_updated_at: '2025-03-01T00:00:00Z' },
      },
    ],
    ['draft_orders/create', { id: 1, email: ADA.email }],
    ['orders/create', `{"broken": "ada@example.test", "name": "Quartz"`],
    ['orders/create', { customer: { id: 501, first_name: 'Ada', last_name: 'Quartz' } }],
    [
      'fulfillments/create',
      {
        id: 61,
        order_id: 9999,
        status: 'success',
        created_at: '2025-03-02T00:00:00Z',
        email: ADA.email,
        destination: { last_name: 'Quartz' },
      },
    ],
    request(ADA),
  );
  const id = await adaIn(world, shop);
  await world.inShop(shop, async (scope) => {
    await recordTags(scope, id, { tags: ['friend of Quartz'], present: true, at: 1 });
    const consent = {
      channel: 'sms',
      state: 'subscribed',
      at: 1,
      source: 'form',
      evidence: 'said Ada Quartz',
    } as const;
    await recordConsent(scope, id, consent);
    const note = { kind: 'call' as const, text: 'Miss Quartz asked for tea' };
    await addNote(scope, { customerId: id, note, actor: 'user:1' });
  });
}

/** Makes a shop have something in every table, with Ada wherever there can be a word of her. Levels and earning come first. */
export async function fillEveryTable(world: World, shop: number): Promise<void> {
  const rules = programRules.parse({
    earning: [{ id: 'spend', type: 'spend', points: 1, per: 100 }],
    tiers: { enabled: true, levels: [{ id: 'friend', name: 'Friend', threshold: 1 }] },
  });
  const effectiveFrom = Date.UTC(2001, 0, 1);
  await world.inShop(shop, (scope) => defineProgram(scope, { actor: 'test', rules, effectiveFrom }));
  await aWholeLife(world, shop);
  await deliver(world, shop, ['products/create', { id: 900, title: 'Tea', created_at: '2025-03-01T00:00:00Z' }]);
  await foldShop(world, shop, world.clock.now());
  const customerId = await adaIn(world, shop);
  await world.inShop(shop, async (scope) => {
    await askReread(scope, '7001', 1);
    await recordCoupon(scope, couponState('808', 'code-of-somebody'));
    await putEconomics(scope, { grossMargin: 1, acquisitionCost: 1, pointCost: 1 });
    await adjustPoints(scope, { customerId, points: 5, reason: 'for Ada Quartz', actor: 'user:1' });
    await reservePoints(scope, { id: 'spend', customerId, amount: 10 });
    const answer = { id: customerId, text: 'Miss Quartz' };
    const said = { key: 'key', inputHash: 'hash', status: 200, answer, customerId, createdAt: scope.now };
    await insertAnswer(scope, said);
    const payload = { to: 'somebody', text: 'For Miss Quartz' };
    await owe(scope, noteKind('test.note'), { occasion: ['one'], payload, customerId });
    const kept = { customerId, placedAt: 1, platformId: '7001', terms: 'terms' };
    await putRunning(scope, { ...kept, used: unused() });
    await putSums(scope, { ...kept, version: 1, sums: noSums() });
    await recountCustomers(scope, [customerId]);
  });
  await addKey(world, shop, { name: 'key', scope: 'read', actor: 'user:1' });
  await checkLedger(world, shop);
  const of = { id: 'file', file: 'orders.csv', format: 'simple-csv', earns: false, dryRun: false };
  await keepPiece(world, { shopId: shop, fileId: of.id }, 0, Buffer.from('number,total\n'));
  await world.inShop(shop, (scope) => beginRun(scope, { ...of, totalBytes: 13, digest: '' } as ReceivedFile, 'user:1'));
  await world.inShop(shop, (scope) => askArchive(scope, 'user:1'));
  await store(world, shop, [account]);
}
