import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { dump } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { drain, drainDepsOf, orderBody, store } from '../inbox/deliveries.fixtures.ts';
import { drainInbox } from '../inbox/drain.usecases.ts';
import { soundness } from '../orders/orders.fixtures.ts';
import { type Random, seededRandom } from '../shared/random.ts';

const DELIVERIES = 60;
const SEEDS = Array.from({ length: 4 }, (_, index) => index + 1);

/** Two worlds with the same clock, ticking alike. */
let together: World;
let alone: World;
beforeAll(async () => {
  together = await testWorld();
  alone = await testWorld();
});
afterAll(async () => {
  await together.close();
  await alone.close();
});

type Delivery = [topic: string, body: unknown];

const instant = (minute: number): string => new Date(Date.UTC(2025, 2, 1) + minute * 60_000).toISOString();

/** Few people, orders and carts, so that most of what a delivery speaks of was written earlier in its batch. */
function deliveryOf(random: Random, minute: number): Delivery {
  const account = 501 + random.whole(4);
  const number = 7_001 + random.whole(8);
  const email = `c${random.whole(5)}@example.test`;
  const at = instant(random.whole(2) === 0 ? minute : random.whole(minute + 1));
  const phone = random.whole(3) === 0 ? `+1202555${1_000 + random.whole(4)}` : null;
  const person = { id: account, email, phone, first_name: 'Ada', updated_at: at, created_at: instant(0) };
  const kind = random.whole(10);
  if (kind === 0) return ['customers/update', { ...person, state: 'enabled', currency: 'USD' }];
  if (kind === 1) {
    const gone = 501 + random.whole(4);
    const pair = {
      admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${account}`,
      admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
    };
    return ['customers/merge', { ...pair, status: 'completed' }];
  }
  if (kind === 2) return ['orders/delete', { id: number }];
  const guest = random.whole(4) === 0;
  const body = orderBody({
    id: number,
    name: `#${number}`,
    email,
    created_at: instant(number),
    updated_at: at,
    checkout_token: `cart-${random.whole(5)}`,
    buyer_accepts_marketing: random.whole(2) === 0,
    financial_status: random.whole(5) === 0 ? 'pending' : 'paid',
    customer: guest ? null : person,
  });
  return ['orders/updated', body];
}

type Row = Record<string, unknown>;

/** What a shop came to, people by what they are called: ids and the instants of arrival are each shop's own. */
async function outcome(world: World, shopId: number) {
  const tables = await dump(world, shopId);
  const rows = (name: string): Row[] => tables[name] ?? [];
  const called = new Map(
    rows('customers').map((row) => [row.id, JSON.stringify([row.platformId, row.email, row.phone])]),
  );
  const orders = new Map(rows('orders').map((row) => [row.id, row.platformId]));
  const mine = [
    'shopId',
    'id',
    'triggeredAt',
    'createdAt',
    'mergedAt',
    'bodyHash',
    'hash',
    'inputHash',
    'postedAt',
    'reachedAt',
    'seq',
  ];
  const own = new Set(mine);
  const plain = (row: Row): string =>
    JSON.stringify(
      Object.entries(row).flatMap(([column, value]) =>
        own.has(column) ? [] : [[column, called.get(value as string) ?? orders.get(value as string) ?? value]],
      ),
    );
  const compared = ['customers', 'customer_identities', 'customer_consents', 'orders', 'order_lines', 'order_facts'];
  return Object.fromEntries(
    [...compared, 'carts', 'points_accounts', 'points_lots'].map((name) => [name, rows(name).map(plain).sort()]),
  );
}

test.each(SEEDS)(
  'a batch comes to what its deliveries come to one by one (seed %s)',
  async (seed) => {
    const random = seededRandom(seed);
    const deliveries = Array.from({ length: DELIVERIES }, (_, minute) => deliveryOf(random, minute));
    const domain = `shop-${seed}.example.test`;
    const one = await testShop(together, { domain });
    await store(together, one, deliveries);
    // A batch that fails is applied one by one, which would hide a memory that is wrong.
    const failures: unknown[] = [];
    const transaction: Database['transaction'] = (work, options) =>
      together.db.transaction(work, options).catch((error) => {
        failures.push(error);
        throw error;
      });
    await drainInbox({ ...drainDepsOf(together), db: { ...together.db, transaction } }, one);
    expect(failures).toEqual([]);
    const other = await testShop(alone, { domain });
    for (const delivery of deliveries) {
      await store(alone, other, [delivery]);
      await drain(alone, other);
    }
    const result = await outcome(together, one);
    expect(result.orders?.length).toBeGreaterThan(3);
    expect(result).toEqual(await outcome(alone, other));
    const { kept, rebuilt, ledger } = await soundness(together, one);
    expect(kept).toEqual(rebuilt);
    expect(ledger).toMatchObject({ ok: true });
  },
  60_000,
);
