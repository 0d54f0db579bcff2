import type { CustomerState, OrderLine, OrderState, Refund, Version } from '../commerce/commerce.types.ts';
import type { ProgramRules } from '../contracts/program.ts';
import { customers } from '../customers/customers.tables.ts';
import { mergeAccounts } from '../customers/merge.usecases.ts';
import { recordAccount } from '../customers/signup.usecases.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { everyNumber } from '../insights/insights.fixtures.ts';
import { customerStats, insightPoints } from '../insights/insights.tables.ts';
import { recordOrderDeleted, recordRefund } from '../orders/facts.usecases.ts';
import { orders } from '../orders/orders.tables.ts';
import { recordOrder } from '../orders/orders.usecases.ts';
import { defineProgram } from '../program/program.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { balanceOf } from './balance.usecases.ts';
import { START } from './points.fixtures.ts';
import {
  pointsAccounts,
  pointsLots,
  pointsPostings,
  type pointsSpends,
  type pointsTransactions,
} from './points.tables.ts';
import { isEarned, parseLotName } from './points.types.ts';
import { rebuildLedger, verifyLedger } from './verify.usecases.ts';

/** One thing that the platform says. */
export type Word =
  | { kind: 'order'; order: OrderState }
  | { kind: 'refund'; orderId: string; refund: Refund }
  | { kind: 'deleted'; orderId: string; at: number }
  | { kind: 'account'; account: CustomerState; version: Version }
  | { kind: 'merge'; kept: string; gone: string };

/** Applies one word as the inbox would. */
export async function deliver(scope: Scope, word: Word): Promise<void> {
  if (word.kind === 'order') await recordOrder(scope, word.order);
  else if (word.kind === 'refund') await recordRefund(scope, word.orderId, word.refund);
  else if (word.kind === 'deleted') await recordOrderDeleted(scope, word.orderId, word.at);
  else if (word.kind === 'account') await recordAccount(scope, word.account, word.version);
  else await mergeAccounts(scope, word.kept, word.gone);
}

export const version = (at: number, fields: Partial<Version> = {}): Version => ({
  updatedAt: at,
  triggeredAt: at,
  bodyHash: String(at),
  ...fields,
});

export const person = (fields: Partial<CustomerState>): CustomerState => ({
  platformId: null,
  email: null,
  phone: null,
  firstName: null,
  lastName: null,
  locale: null,
  country: null,
  note: null,
  registeredAt: null,
  ...fields,
});

export const orderLine = (fields: Partial<OrderLine> = {}): OrderLine => ({
  platformId: 'l1',
  productId: 'p1',
  variantId: null,
  sku: null,
  title: 'Tea',
  vendor: null,
  quantity: 1,
  unitPrice: 10_000,
  discount: 0,
  taxIncluded: 0,
  giftCard: false,
  ...fields,
});

/** A payload: one line of 100.00, bought and paid at `at` by account 101. */
export function orderState(fields: Partial<OrderState> & { at?: number; by?: Partial<CustomerState> | null } = {}) {
  const { at = START, by = { platformId: '101', email: 'a@example.test' }, ...rest } = fields;
  const lines = rest.lines ?? [orderLine()];
  const goods = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice - line.discount, 0);
  const order: OrderState = {
    platformId: '1',
    number: `#${rest.platformId ?? '1'}`,
    placedAt: at,
    paidAt: at,
    cancelledAt: null,
    customer: by === null ? null : { ...person(by), version: rest.version ?? version(at) },
    financial: 'paid',
    test: false,
    currency: 'USD',
    total: goods + (rest.shipping ?? 0),
    shipping: 0,
    tax: 0,
    discount: 0,
    creditPaid: 0,
    source: 'web',
    checkoutToken: null,
    discountCodes: [],
    fulfilledAt: null,
    refunds: [],
    acceptsMarketing: false,
    version: version(at),
    ...rest,
    lines,
  };
  return order;
}

/** A version of the program in force since long before the tests begin. */
export const setProgram = (
  world: World,
  shopId: number,
  rules: ProgramRules,
  effectiveFrom = START - 1,
): Promise<number> => world.inShop(shopId, (scope) => defineProgram(scope, { actor: 'test', rules, effectiveFrom }));

/**
 * Worlds for many short runs. Opening a database costs as much as a run, so ten share one, each in shops of its own; and
 * none has to survive a power cut, so SQLite need not wait for the disk.
 */
export function sharedWorlds() {
  let world: World | undefined;
  let runs = 0;
  const close = async () => {
    await world?.close();
    world = undefined;
  };
  return {
    close,
    async next(): Promise<World> {
      if (runs % 10 === 0) await close();
      runs += 1;
      if (!world) {
        world = await testWorld(START);
        const { writer } = world.db as { writer?: { pragma(text: string): void } };
        writer?.pragma('synchronous = OFF');
      }
      return world;
    },
  };
}

let shops = 0;

/** A new shop under a program of its own. */
export async function newShop(
  world: World,
  { rules, later }: { rules: ProgramRules; later?: { rules: ProgramRules; from: number } | null },
): Promise<number> {
  world.clock.set(START);
  shops += 1;
  const shopId = await testShop(world, { domain: `shop-${shops}.example.test` });
  await setProgram(world, shopId, rules);
  if (later) await setProgram(world, shopId, later.rules, later.from);
  return shopId;
}

type Table =
  | typeof pointsAccounts
  | typeof pointsLots
  | typeof pointsSpends
  | typeof pointsTransactions
  | typeof pointsPostings
  | typeof customers
  | typeof customerStats
  | typeof insightPoints
  | typeof orders;

/** All rows of the shop in a table, in an order of their own text. */
export async function rowsOf<T extends Table>(world: World, shopId: number, table: T): Promise<T['$inferSelect'][]> {
  const rows = (await world.db.read.select().from(table)) as T['$inferSelect'][];
  return sorted(rows.filter((row) => row.shopId === shopId));
}

function sorted<T>(rows: T[]): T[] {
  return rows
    .map((row) => ({ row, text: JSON.stringify(row) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ row }) => row);
}

/** A customer's balance by any of their names. */
export const balance = async (world: World, shopId: number, name = '101') =>
  balanceOf(world, await world.inShop(shopId, async ({ shop }) => shop), name);

/** The caches of the ledger, row by row. */
export const caches = async (world: World, shopId: number) => ({
  lots: await rowsOf(world, shopId, pointsLots),
  accounts: await rowsOf(world, shopId, pointsAccounts),
});

/**
 * What a shop came to, under names that two runs share: customers by the platform's id or e-mail, lots by the order's
 * platform id. Lots and accounts that hold nothing are left out: whether they ever held anything depends on the way.
 */
export async function outcome(world: World, shopId: number) {
  const numbers = await everyNumber(world, shopId);
  const people = await rowsOf(world, shopId, customers);
  const byId = new Map(people.map((row) => [row.id, row]));
  const nameOf = (id: string | null): string => {
    const row = id === null ? undefined : byId.get(id);
    if (!row) return 'nobody';
    return row.mergedInto === null ? (row.platformId ?? row.email ?? row.phone ?? '?') : nameOf(row.mergedInto);
  };
  const orderRows = await rowsOf(world, shopId, orders);
  const sources = new Map(orderRows.map((row) => [row.id, row.platformId]));
  const { lots, accounts } = await caches(world, shopId);
  const held = ['granted', 'available', 'reserved', 'redeemed', 'removed'] as const;
  return {
    orders: sorted(orderRows.map((row) => [row.platformId, nameOf(row.customerId), row.counts, row.net])),
    lots: sorted(
      lots
        .filter((row) => held.some((name) => row[name] !== 0))
        .map(({ shopId: _shop, customerId, source, ...row }) => ({
          of: nameOf(customerId),
          from: sources.get(source) ?? `customer ${nameOf(source)}`,
          ...row,
        })),
    ),
    accounts: sorted(
      accounts
        .map(({ customerId, pending, available, reserved, lifetimeEarned, dueAt }) => ({
          of: nameOf(customerId),
          pending,
          available,
          reserved,
          lifetimeEarned,
          dueAt,
        }))
        .filter(({ of: _of, dueAt, ...sums }) => dueAt !== null || Object.values(sums).some((sum) => sum !== 0)),
    ),
    numbers,
    points: (await rowsOf(world, shopId, insightPoints)).map(({ shopId: _shop, ...row }) => row),
    stats: sorted(
      (await rowsOf(world, shopId, customerStats))
        .filter(({ orders: count, points }) => count > 0 || points !== '')
        .map(({ shopId: _shop, place: _place, customerId, ...row }) => ({ of: nameOf(customerId), ...row })),
    ),
  };
}

/** What is wrong with a shop's ledger: nothing, however it came about. Rebuilds the caches on the way. */
export async function faultsOf(world: World, shopId: number): Promise<string[]> {
  const faults: string[] = [];
  const before = JSON.stringify(await caches(world, shopId));
  for (const check of [verifyLedger, rebuildLedger]) {
    const { ok, firstBad } = await check(world, shopId);
    if (!ok) faults.push(`${check.name}: ${JSON.stringify(firstBad)}`);
  }
  if (JSON.stringify(await caches(world, shopId)) !== before) faults.push('a rebuild gives other rows');
  const given = new Map<string, number>();
  let sum = 0;
  for (const { account, lot, amount } of await rowsOf(world, shopId, pointsPostings)) {
    sum += amount;
    // What was taken off a gift by hand is revoked, too; that lot's other side is `adjusted`.
    if (!isEarned(parseLotName(lot ?? ''))) continue;
    if (account === 'issued' || account === 'revoked') given.set(lot ?? '', (given.get(lot ?? '') ?? 0) - amount);
  }
  if (sum !== 0) faults.push(`all postings sum to ${sum}`);
  for (const [lot, net] of given) if (net < 0) faults.push(`${lot} took back ${-net} more than it gave`);
  return faults;
}
