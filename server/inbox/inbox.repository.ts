import { and, asc, eq, gt, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { statement, type Tx } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import { inbox } from './inbox.tables.ts';

export type InboxRow = typeof inbox.$inferSelect;
export type NewDelivery = Omit<
  InboxRow,
  'state' | 'attempts' | 'dueAt' | 'appliedAt' | 'errorCode' | 'reason' | 'customerId'
>;

const p = sql.placeholder;

const insert = statement('inbox.insert', (db) =>
  db
    .insert(inbox)
    .values(placeholders(inbox))
    .onConflictDoNothing({ target: [inbox.shopId, inbox.deliveryId] })
    .returning({ id: inbox.id }),
);
const due = statement('inbox.due', (db) =>
  db
    .select()
    .from(inbox)
    // The state stands in the text of the query: only so does the planner take the index of pending rows.
    .where(and(eq(inbox.shopId, p('shop')), sql`${inbox.state} = 'pending'`, lte(inbox.dueAt, p('now'))))
    .orderBy(asc(inbox.dueAt), asc(inbox.id))
    .limit(p('limit')),
);
const finish = statement('inbox.finish', (db) =>
  db
    .update(inbox)
    .set({
      state: p('state'),
      attempts: p('attempts'),
      dueAt: p('dueAt'),
      appliedAt: p('appliedAt'),
      errorCode: p('errorCode'),
      reason: p('reason'),
      customerId: p('customerId'),
    } as never)
    .where(and(eq(inbox.shopId, p('shop')), eq(inbox.id, p('id')))),
);

/** Stores a delivery; false when it is known already. */
export async function insertDelivery(tx: Tx, delivery: NewDelivery): Promise<boolean> {
  const rows = await insert(tx, {
    ...delivery,
    state: 'pending',
    attempts: 0,
    dueAt: delivery.receivedAt,
    appliedAt: null,
    errorCode: null,
    reason: null,
    customerId: null,
  });
  return rows.length === 1;
}

/** The shop's pending deliveries that are due, oldest first. */
export async function dueDeliveries(db: Tx, shop: number, now: number, limit: number): Promise<InboxRow[]> {
  return due(db, { shop, now, limit });
}

export type Finish = Pick<
  InboxRow,
  'state' | 'attempts' | 'dueAt' | 'appliedAt' | 'errorCode' | 'reason' | 'customerId'
>;

/** How a delivery ended, or when it is tried again. */
export async function finishDelivery(tx: Tx, shop: number, id: string, result: Finish): Promise<void> {
  await finish(tx, { shop, id, ...result });
}

/** Forgets one delivery's body. */
export async function dropBody(tx: Tx, shop: number, id: string): Promise<void> {
  await tx
    .update(inbox)
    .set({ body: null })
    .where(and(eq(inbox.shopId, shop), eq(inbox.id, id)));
}

/** Forgets every body that was about a customer. */
export async function dropBodiesOf(tx: Tx, shop: number, customerId: string): Promise<void> {
  await tx
    .update(inbox)
    .set({ body: null })
    .where(and(eq(inbox.shopId, shop), eq(inbox.customerId, customerId), isNotNull(inbox.body)));
}

/** Deliveries with a body that are not applied so far, or of which no customer is known, a page by id. */
export const unclearDeliveries = (tx: Tx, shop: number, after: string, limit: number) =>
  tx
    .select({ id: inbox.id, state: inbox.state, body: inbox.body })
    .from(inbox)
    .where(
      and(
        eq(inbox.shopId, shop),
        gt(inbox.id, after),
        isNotNull(inbox.body),
        or(ne(inbox.state, 'applied'), isNull(inbox.customerId)),
      ),
    )
    .orderBy(asc(inbox.id))
    .limit(limit);

/** Bodies applied before an instant, of any shop: a page of what retention drops. */
export async function dropOldBodies(tx: Tx, before: number, limit: number): Promise<number> {
  const old = await tx
    .select({ shopId: inbox.shopId, id: inbox.id })
    .from(inbox)
    .where(and(sql`${inbox.body} is not null`, lte(inbox.appliedAt, before)))
    .orderBy(asc(inbox.appliedAt))
    .limit(limit);
  for (const row of old) await dropBody(tx, row.shopId, row.id);
  return old.length;
}

/** Shops with pending deliveries that are due. */
export const shopsWithDeliveries = (db: Tx, now: number) =>
  db
    .selectDistinct({ shopId: inbox.shopId })
    .from(inbox)
    .where(and(sql`${inbox.state} = 'pending'`, lte(inbox.dueAt, now)))
    .orderBy(asc(inbox.shopId));

/** The state stands in the text of the query: only so does the planner take the partial indexes. */
const IN_STATE = {
  pending: sql`${inbox.state} = 'pending'`,
  applied: sql`${inbox.state} = 'applied'`,
  ignored: sql`${inbox.state} = 'ignored'`,
  parked: sql`${inbox.state} = 'parked'`,
};

/** Deliveries in one state, newest last, without their bodies. */
export const listDeliveries = (db: Tx, shop: number, state: InboxRow['state'], after: string, limit: number) =>
  db
    .select({
      id: inbox.id,
      topic: inbox.topic,
      state: inbox.state,
      receivedAt: inbox.receivedAt,
      attempts: inbox.attempts,
      errorCode: inbox.errorCode,
      reason: inbox.reason,
      // A number on SQLite, a boolean on PostgreSQL.
      hasBody: sql<number | boolean>`${inbox.body} is not null`,
    })
    .from(inbox)
    .where(and(eq(inbox.shopId, shop), IN_STATE[state], gt(inbox.id, after)))
    .orderBy(asc(inbox.id))
    .limit(limit);

/** One delivery, or null when the shop has no such delivery. */
export async function findDelivery(db: Tx, shop: number, id: string): Promise<InboxRow | null> {
  const [row] = await db
    .select()
    .from(inbox)
    .where(and(eq(inbox.shopId, shop), eq(inbox.id, id)));
  return row ?? null;
}

/** How many deliveries wait, and how many are parked, over all shops: for metrics. Both have an index of their own. */
export async function countOpen(db: Tx): Promise<{ state: 'pending' | 'parked'; count: number }[]> {
  const counts = [];
  for (const state of ['pending', 'parked'] as const) {
    const [row] = await db.select({ count: sql<number>`count(*)` }).from(inbox).where(IN_STATE[state]);
    counts.push({ state, count: Number(row?.count ?? 0) });
  }
  return counts;
}

/** The oldest pending delivery of each shop that has one: how far behind it is. */
export const oldestPending = (db: Tx) =>
  db
    .select({ shopId: inbox.shopId, receivedAt: sql<number>`min(${inbox.receivedAt})`, count: sql<number>`count(*)` })
    .from(inbox)
    .where(sql`${inbox.state} = 'pending'`)
    .groupBy(inbox.shopId);

/** A shop's open deliveries: how many wait and since when, and how many are parked. Each has an index of its own. */
export async function openOf(db: Tx, shop: number) {
  const [pending] = await db
    .select({ count: sql<number>`count(*)`, oldest: sql<number | null>`min(${inbox.receivedAt})` })
    .from(inbox)
    .where(and(eq(inbox.shopId, shop), IN_STATE.pending));
  const [parked] = await db
    .select({ count: sql<number>`count(*)`, oldest: sql<number | null>`min(${inbox.receivedAt})` })
    .from(inbox)
    .where(and(eq(inbox.shopId, shop), IN_STATE.parked));
  const instantOf = (value: number | null | undefined): number | null => (value == null ? null : Number(value));
  return {
    waiting: Number(pending?.count ?? 0),
    oldest: instantOf(pending?.oldest),
    parked: Number(parked?.count ?? 0),
    oldestParked: instantOf(parked?.oldest),
  };
}
