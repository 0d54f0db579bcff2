import { and, asc, desc, eq, gt, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import { aheadKey, recall, remember } from '../db/ahead.ts';
import { rawStatement, statement, type Tx } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import type { Scope } from '../shops/scope.ts';
import { orderFacts, orderLines, orders } from './orders.tables.ts';
import type { OrderFactRow, OrderLineRow, OrderRow, OrderWithLines } from './orders.types.ts';

const p = sql.placeholder;

// Neither is ordered by the database: without statistics SQLite would then walk the shop's primary key in order rather
// than take the index. There are one or two rows; they are ordered below.
const byPlatform = statement('orders.by_platform', (db) =>
  db
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.shopId, p('shop')),
        or(eq(orders.platformId, p('platformId')), eq(orders.platformId, p('numberKey'))),
      ),
    ),
);
const byNumber = statement('orders.by_number', (db) =>
  db
    .select()
    .from(orders)
    .where(and(eq(orders.shopId, p('shop')), eq(orders.number, p('number')))),
);
const touches = ({ shopId, platformId, id }: Record<string, unknown>) => ({
  table: 'orders',
  key: aheadKey(Number(shopId), String(platformId)),
  id,
});
const insert = statement('orders.insert', (db) => db.insert(orders).values(placeholders(orders)), touches);
const update = statement(
  'orders.update',
  (db) =>
    db
      .update(orders)
      .set(placeholders(orders, ['shopId', 'id']))
      .where(and(eq(orders.shopId, p('shopId')), eq(orders.id, p('id')))),
  touches,
);
const linesOf = statement('orders.lines', (db) =>
  db
    .select()
    .from(orderLines)
    .where(and(eq(orderLines.shopId, p('shop')), eq(orderLines.orderId, p('order'))))
    .orderBy(asc(orderLines.line)),
);
const insertLine = statement('orders.insert_line', (db) => db.insert(orderLines).values(placeholders(orderLines)));
const deleteLines = statement('orders.delete_lines', (db) =>
  db.delete(orderLines).where(and(eq(orderLines.shopId, p('shop')), eq(orderLines.orderId, p('order')))),
);
const factsOf = statement('orders.facts', (db) =>
  db
    .select()
    .from(orderFacts)
    .where(and(eq(orderFacts.shopId, p('shop')), eq(orderFacts.orderPlatformId, p('order')))),
);
const putFactRow = statement(
  'orders.put_fact',
  (db) =>
    db
      .insert(orderFacts)
      .values(placeholders(orderFacts))
      .onConflictDoUpdate({
        target: [orderFacts.shopId, orderFacts.orderPlatformId, orderFacts.kind, orderFacts.factId],
        set: {
          at: sql`excluded.at`,
          inFull: sql`excluded.in_full`,
          asFact: sql`excluded.as_fact`,
          data: sql`excluded.data`,
        },
      }),
  ({ shopId, orderPlatformId }) => ({ table: 'order_facts', key: aheadKey(Number(shopId), String(orderPlatformId)) }),
);

/** The key under which an order is kept whose file carried no platform id. */
const numberKey = (number: string): string => `number:${number}`;

/** The order by its platform id, or as the nameless import of the same number. */
export async function findOrder({ tx, shop }: Scope, platformId: string, number: string): Promise<OrderRow | null> {
  const ahead = [platformId, numberKey(number)].map((id) => recall<OrderRow>(tx, 'orders', aheadKey(shop.id, id)));
  const rows = ahead.every((known) => known !== undefined)
    ? ahead.flat()
    : await byPlatform(tx, { shop: shop.id, platformId, numberKey: numberKey(number) });
  return rows.find((row) => row.platformId === platformId) ?? oldest(rows);
}

type Named = { platformId: string; number: string };

/** Reads the orders of a batch ahead, with the facts that are known of them. */
export async function readOrdersAhead({ tx, shop }: Scope, named: Named[]): Promise<void> {
  const ids = [...new Set(named.flatMap(({ platformId, number }) => [platformId, numberKey(number)]))];
  const [found, facts] = await Promise.all([
    tx
      .select()
      .from(orders)
      .where(and(eq(orders.shopId, shop.id), inArray(orders.platformId, ids))),
    tx
      .select()
      .from(orderFacts)
      .where(and(eq(orderFacts.shopId, shop.id), inArray(orderFacts.orderPlatformId, ids))),
  ]);
  const keys = ids.map((id) => aheadKey(shop.id, id));
  remember(
    tx,
    'orders',
    keys,
    found.map((row) => [aheadKey(shop.id, row.platformId), row]),
  );
  remember(
    tx,
    'order_facts',
    keys,
    facts.map((row) => [aheadKey(shop.id, row.orderPlatformId), row]),
  );
}

/** The order by its number alone: for files that carry no platform ids. */
export async function findOrderByNumber({ tx, shop }: Scope, number: string): Promise<OrderRow | null> {
  return oldest(await byNumber(tx, { shop: shop.id, number }));
}

/** Ids are ordered by time. */
const oldest = (rows: OrderRow[]): OrderRow | null => rows.sort((a, b) => (a.id < b.id ? -1 : 1))[0] ?? null;

export async function insertOrder({ tx, shop }: Scope, row: OrderRow): Promise<void> {
  await insert(tx, { ...row, shopId: shop.id });
}

export async function updateOrder({ tx, shop }: Scope, row: OrderRow): Promise<void> {
  await update(tx, { ...row, shopId: shop.id });
}

export async function listLines({ tx, shop }: Scope, order: string): Promise<OrderLineRow[]> {
  return linesOf(tx, { shop: shop.id, order });
}

export async function insertLines({ tx, shop }: Scope, lines: OrderLineRow[]): Promise<void> {
  for (const line of lines) await insertLine(tx, { ...line, shopId: shop.id });
}

export async function removeLines({ tx, shop }: Scope, order: string): Promise<void> {
  await deleteLines(tx, { shop: shop.id, order });
}

/** Ordered here: SQLite takes ten times as long over the few rows, mostly none, when it is asked to. */
export async function listFacts({ tx, shop }: Scope, orderPlatformId: string): Promise<OrderFactRow[]> {
  const ahead = recall<OrderFactRow>(tx, 'order_facts', aheadKey(shop.id, orderPlatformId));
  const rows = ahead ?? (await factsOf(tx, { shop: shop.id, order: orderPlatformId }));
  return rows.sort((a, b) => compareText(a.kind, b.kind) || compareText(a.factId, b.factId));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export async function putFact({ tx, shop }: Scope, row: Omit<OrderFactRow, 'shopId'>): Promise<void> {
  await putFactRow(tx, { ...row, shopId: shop.id });
}

/** An order that came from a file got its platform id: the refunds that the file knew go with it. */
export async function renameFacts({ tx, shop }: Scope, from: string, to: string): Promise<void> {
  const known = await factsOf(tx, { shop: shop.id, order: to });
  const taken = new Set(known.map(({ kind, factId }) => `${kind}:${factId}`));
  for (const fact of await factsOf(tx, { shop: shop.id, order: from })) {
    if (!taken.has(`${fact.kind}:${fact.factId}`)) await putFactRow(tx, { ...fact, orderPlatformId: to });
  }
  await tx.delete(orderFacts).where(and(eq(orderFacts.shopId, shop.id), eq(orderFacts.orderPlatformId, from)));
}

const ofCustomer = statement('orders.of_customer', (db) =>
  db
    .select()
    .from(orders)
    .where(and(eq(orders.shopId, p('shop')), eq(orders.customerId, p('customer')), gte(orders.placedAt, p('from')))),
);
// With the instant in it, SQLite begins at the customer's orders; without, it would walk all lines of the shop.
const linesOfCustomer = statement('orders.lines_of_customer', (db) =>
  db
    .select({ line: orderLines })
    .from(orderLines)
    .innerJoin(orders, and(eq(orders.shopId, orderLines.shopId), eq(orders.id, orderLines.orderId)))
    .where(and(eq(orders.shopId, p('shop')), eq(orders.customerId, p('customer')), gte(orders.placedAt, p('from')))),
);

/** The orders of a customer that were placed at an instant or later, with their lines, by (placed, id). */
export async function ordersOfCustomer({ tx, shop }: Scope, customer: string, from: number): Promise<OrderWithLines[]> {
  const mine = { shop: shop.id, customer, from };
  // Ordered here: asked for the order of a primary key, SQLite would walk the whole shop in it.
  const rows = [...(await ofCustomer(tx, mine))];
  rows.sort((a, b) => a.placedAt - b.placedAt || compareText(a.id, b.id));
  const lines = new Map<string, OrderLineRow[]>(rows.map((row) => [row.id, []]));
  const found = [...(await linesOfCustomer(tx, mine))];
  found.sort((a, b) => a.line.line - b.line.line);
  for (const { line } of found) lines.get(line.orderId)?.push(line);
  return rows.map((row) => ({ ...row, lines: lines.get(row.id) ?? [] }));
}

/** What the numbers need of an order. */
const COUNTED = {
  id: orders.id,
  customerId: orders.customerId,
  platformId: orders.platformId,
  at: orders.placedAt,
  day: orders.placedDay,
  net: orders.net,
  total: orders.total,
  tax: orders.tax,
  shipping: orders.shipping,
  source: orders.source,
};

/** The counted orders of some customers, in no order. */
export const countedOrders = ({ tx, shop }: Scope, customers: readonly string[]) =>
  tx
    .select(COUNTED)
    .from(orders)
    .where(and(eq(orders.shopId, shop.id), inArray(orders.customerId, [...customers]), eq(orders.counts, true)));

/** The counted orders without a customer that were placed from one local day to another, both included. */
export const countedWithoutCustomer = ({ tx, shop }: Scope, from: string, to: string) =>
  tx
    .select(COUNTED)
    .from(orders)
    .where(
      and(
        ...[eq(orders.shopId, shop.id), isNull(orders.customerId), eq(orders.counts, true)],
        ...[gte(orders.placedDay, from), lte(orders.placedDay, to)],
      ),
    );

/** Moves every order of one customer to another. */
export async function reassignOrders({ tx, shop }: Scope, from: string, to: string): Promise<void> {
  await tx
    .update(orders)
    .set({ customerId: to })
    .where(and(eq(orders.shopId, shop.id), eq(orders.customerId, from)));
}

const pageOfCounted = rawStatement('orders.counted_page', (db) =>
  db
    .select(COUNTED)
    .from(orders)
    .where(and(eq(orders.shopId, p('shop')), gt(orders.id, p('after')), eq(orders.counts, true)))
    .orderBy(asc(orders.id))
    .limit(p('limit')),
);

/** A page of a shop's counted orders by our id, only what the numbers need: as COUNTED, each row an array. */
export const countedAfter = (db: Tx, shop: number, after: string, limit: number) =>
  pageOfCounted(db, { shop, after, limit });

const SHOWN = {
  id: orders.id,
  number: orders.number,
  placedAt: orders.placedAt,
  currency: orders.currency,
  total: orders.total,
  net: orders.net,
  financial: orders.financial,
  counts: orders.counts,
};

/** A customer's newest orders. Ordered by the index's own last column, which SQLite follows. */
export const newestOrders = (db: Tx, shop: number, customer: string, limit: number) =>
  db
    .select(SHOWN)
    .from(orders)
    .where(and(eq(orders.shopId, shop), eq(orders.customerId, customer)))
    .orderBy(desc(orders.placedAt))
    .limit(limit);

/** The order that was taken in last, or null. */
export async function lastTaken(db: Tx, shop: number) {
  const [row] = await db.select(SHOWN).from(orders).where(eq(orders.shopId, shop)).orderBy(desc(orders.id)).limit(1);
  return row ?? null;
}
