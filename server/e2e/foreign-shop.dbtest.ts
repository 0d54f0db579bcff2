import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertAnswer } from '../api/api.repository.ts';
import { addKey } from '../api/keys.usecases.ts';
import { askArchive } from '../archives/archives.usecases.ts';
import { programRules } from '../contracts/program.ts';
import { couponState } from '../coupons/coupons.fixtures.ts';
import { recordCoupon } from '../coupons/coupons.usecases.ts';
import { addNote } from '../customers/notes.usecases.ts';
import { dump } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { noteKind } from '../effects/effects.fixtures.ts';
import { updateEffect } from '../effects/effects.repository.ts';
import { owe } from '../effects/effects.usecases.ts';
import { keepPiece } from '../files/files.usecases.ts';
import type { ReceivedFile } from '../imports/receive.usecases.ts';
import { beginRun } from '../imports/runs.usecases.ts';
import { deliver, orderBody, store } from '../inbox/deliveries.fixtures.ts';
import { foldShop } from '../insights/fold.usecases.ts';
import { putEconomics } from '../insights/insights.repository.ts';
import { recountCustomers } from '../insights/insights.usecases.ts';
import { putRunning } from '../points/running.repository.ts';
import { reservePoints } from '../points/spend.usecases.ts';
import { unused } from '../points/targets.rules.ts';
import { defineProgram } from '../program/program.usecases.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import { recordImport } from '../shops/imports.usecases.ts';
import { askReread } from '../syncs/syncs.usecases.ts';
import { putSums } from '../tiers/sums.repository.ts';
import { noSums } from '../tiers/sums.rules.ts';
import { OPERATOR_WIDE } from './foreign-shop.operators.ts';
import { CALLS, type Foreign } from './foreign-shop.registry.ts';

type Work = (...args: unknown[]) => unknown;

const root = join(import.meta.dirname, '..');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.repository.ts') && !file.startsWith('e2e'))
  .sort();
const found: [name: string, work: Work][] = [];
for (const file of files) {
  const module = (await import(join(root, file))) as Record<string, unknown>;
  for (const [name, value] of Object.entries(module)) {
    if (typeof value === 'function') found.push([`${basename(file, '.repository.ts')}#${name}`, value as Work]);
  }
}

let world: World;
let a: number;
let b: number;
let rowsOfB: Awaited<ReturnType<typeof dump>>;

/** The same customer, orders and goods in a shop; B has some things that A has not, all of them marked. */
async function fill(shop: number, mark: string, only: boolean) {
  const levels = [
    { id: mark, name: mark, threshold: 0 },
    { id: `${mark}-2`, name: mark, threshold: 1 },
  ];
  const rules = programRules.parse({
    earning: [{ id: 'spend', type: 'spend', points: 1, per: 100 }],
    tiers: { enabled: true, levels },
  });
  const effectiveFrom = Date.UTC(2001, 0, 1);
  await world.inShop(shop, (scope) => defineProgram(scope, { actor: mark, rules, effectiveFrom }));
  const customer = {
    id: 501,
    email: 'ada@example.test',
    phone: '+12025550123',
    first_name: mark,
    updated_at: '2025-03-01T10:00:00Z',
  };
  const refund = {
    id: 31,
    created_at: '2025-03-02T00:00:00Z',
    refund_line_items: [],
    transactions: [{ kind: 'refund', status: 'success', amount: '1.00', currency: 'USD' }],
  };
  const cart = {
    token: 'token-1',
    email: 'ada@example.test',
    currency: 'USD',
    total_price: '1.00',
    created_at: '2025-03-01T09:00:00Z',
  };
  const email = {
    customer_id: 501,
    email_address: 'ada@example.test',
    email_marketing_consent: { state: 'subscribed', consent_updated_at: '2025-03-01T00:00:00Z' },
  };
  await deliver(
    ...([world, shop] as const),
    ['orders/create', orderBody({ customer, source_name: mark, refunds: [refund] })],
    ['products/create', { id: 900, title: mark, created_at: '2025-03-01T00:00:00Z' }],
    ['checkouts/create', cart],
    ['customers_email_marketing_consent/update', email],
    [
      'customer.tags_added',
      { customerId: 'gid://shopify/Customer/501', tags: [mark], occurredAt: '2025-03-01T00:00:00Z' },
    ],
    ['customers/data_request', { customer: { id: 501 } }],
    ['orders/create', `{"broken": "${mark}"`],
  );
  if (only) {
    await deliver(
      ...([world, shop] as const),
      [
        'orders/create',
        orderBody({
          id: 9_009,
          name: '#9009',
          source_name: mark,
          email: 'b@only.test',
          customer: null,
          refunds: [refund],
        }),
      ],
      ['products/create', { id: 909, title: mark, created_at: '2025-03-01T00:00:00Z' }],
      ['checkouts/create', { ...cart, token: 'only-b' }],
    );
  }
  await store(world, shop, [['orders/create', { mark }]]);
  await world.inShop(shop, (scope) =>
    recordImport(scope, `import-${mark}`, { file: mark, format: 'simple-csv', earns: false }),
  );
  await foldShop(world, shop, world.clock.now());
  await world.inShop(shop, async (scope) => {
    await askReread(scope, mark === 'mark-of-b' ? '9009' : '7001', 1);
    await recordAction(scope, { actor: mark, action: 'test', before: null, after: null });
    await recordCoupon(scope, couponState(only ? '809' : '808', only ? 'code-of-b' : 'code-of-a'));
    await putEconomics(scope, { grossMargin: 1, acquisitionCost: 1, pointCost: 1 });
    const answer = {
      key: mark,
      inputHash: mark,
      status: 200,
      answer: { mark },
      customerId: null,
      createdAt: scope.now,
    };
    await insertAnswer(scope, answer);
    // One change more, so that something is noted.
    await recountCustomers(scope, ['somebody']);
  });
  await addKey(world, shop, { name: mark, scope: 'read', actor: mark });
  const fileId = `file ${mark}`;
  await keepPiece(world, { shopId: shop, fileId }, 0, Buffer.from(mark));
  const file = { id: fileId, file: mark, format: 'simple-csv', earns: false, dryRun: true, totalBytes: 1, digest: '' };
  await world.inShop(shop, (scope) => beginRun(scope, file as ReceivedFile, mark));
  await world.inShop(shop, (scope) => askArchive(scope, mark));
  const id = String((await dump(world, shop)).customers?.find(({ platformId }) => platformId === '501')?.id);
  const note = { kind: 'note' as const, text: mark };
  await world.inShop(shop, (scope) => addNote(scope, { customerId: id, note, actor: mark }));
  await world.inShop(shop, async (scope) => {
    const payload = { to: 'somebody', text: mark };
    const owner = { kind: 'thing', id: 'one' };
    const owed = { occasion: ['one'], payload, customerId: id, owner };
    const effect = await owe(scope, noteKind('test.note'), owed);
    await updateEffect(scope, effect.id, { waits: mark, reason: mark });
  });
  await world.inShop(shop, async (scope) => {
    const kept = { customerId: id, placedAt: 1, platformId: mark, terms: mark };
    await putRunning(scope, { ...kept, used: unused() });
    await putSums(scope, { ...kept, version: 1, sums: noSums() });
  });
  await world.inShop(shop, (scope) =>
    reservePoints(scope, { id: only ? 'spend-of-b' : 'spend-of-a', customerId: id, amount: 10 }),
  );
}

beforeAll(async () => {
  world = await testWorld();
  a = await testShop(world, { domain: 'a.example.test' });
  b = await testShop(world, { domain: 'b.example.test', webhookSecret: 'secret-of-b' });
  await fill(a, 'mark-of-a', false);
  await fill(b, 'mark-of-b', true);
  rowsOfB = await dump(world, b);
});
afterAll(() => world.close());

const OF_B = ['mark-of-b', 'secret-of-b', 'spend-of-b', 'b@only.test', 'code-of-b', '9009'];

const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => {
    if (part instanceof Map) return [...part];
    const bytes = part as { type?: string; data?: number[] } | null;
    return bytes?.type === 'Buffer' && bytes.data ? Buffer.from(bytes.data).toString() : part;
  }) ?? '';

const rolledBack = new Error('rolled back');

/** Calls a function in A with what is B's, looks at B inside the transaction, and undoes it all. */
async function call(work: Work, argumentsOf: (foreign: Foreign) => unknown[]) {
  let result: unknown = null;
  let afterwards: unknown = rowsOfB;
  const row = (table: string) => rowsOfB[table]?.[0] ?? {};
  const attempt = world.inShop(a, async (scope) => {
    const owner = rowsOfB.customers?.find(({ platformId }) => platformId === '501');
    const order = rowsOfB.orders?.find(({ platformId }) => platformId === '7001');
    const ids = { customer: String(owner?.id), order: String(order?.id) };
    result = await work(...argumentsOf({ scope, a, now: scope.now, b: row, ...ids }));
    afterwards = await dump({ db: { ...world.db, read: scope.tx } }, b);
    throw rolledBack;
  });
  const error = await attempt.catch((caught: unknown) => caught);
  // A refusal by the database is as good: nothing was done.
  if (error !== rolledBack && (error as { code?: string }).code !== 'database.failed') throw error;
  return { result, afterwards };
}

test('shop B has a row in every table that functions are called with', () => {
  const used = [
    ...Object.values(CALLS)
      .join('\n')
      .matchAll(/\bb\(["'](\w+)["']\)/g),
  ].map(([, table]) => String(table));
  expect(used.filter((table) => (rowsOfB[table] ?? []).length === 0)).toEqual([]);
  for (const table of [
    'carts',
    'customers',
    'customer_consents',
    'customer_tags',
    'order_facts',
    'points_spends',
    'exports',
    'products',
    'coupons',
  ]) {
    expect(rowsOfB[table], table).not.toEqual([]);
  }
});

test('every function of every repository is known here, and nothing else is', () => {
  expect(files.length).toBeGreaterThan(7);
  const names = found.map(([name]) => name);
  const known = [...Object.keys(CALLS), ...Object.keys(OPERATOR_WIDE)];
  expect(
    names.filter((name) => !known.includes(name)),
    'add them to foreign-shop.registry.ts, or foreign-shop.operators.ts',
  ).toEqual([]);
  expect(
    known.filter((name) => !names.includes(name)),
    'gone: take them out again',
  ).toEqual([]);
});

describe('one shop’s scope with another shop’s ids', () => {
  test.each(found.filter(([name]) => CALLS[name]))(
    '%s gives and changes nothing of the other shop',
    async (name, work) => {
      const { result, afterwards } = await call(work, CALLS[name] as (foreign: Foreign) => unknown[]);
      expect(OF_B.filter((mark) => plain(result).includes(mark))).toEqual([]);
      expect(afterwards).toEqual(rowsOfB);
    },
  );

  test('is noticed where a function does forget the shop', async () => {
    const { customers } = await import('../customers/customers.tables.ts');
    const leak = await call(
      (tx) => (tx as Foreign['scope']['tx']).select().from(customers),
      ({ scope }) => [scope.tx],
    );
    expect(plain(leak.result)).toContain('mark-of-b');
    const harm = await call(
      (tx) => (tx as Foreign['scope']['tx']).update(customers).set({ note: 'changed' }),
      ({ scope }) => [scope.tx],
    );
    expect(harm.afterwards).not.toEqual(rowsOfB);
  });
});
