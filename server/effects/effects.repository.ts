import { and, asc, desc, eq, inArray, isNotNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import { effects } from './effects.tables.ts';

export type EffectRow = typeof effects.$inferSelect;
export type EffectChange = Partial<Omit<EffectRow, 'shopId' | 'id' | 'kind' | 'key'>>;
type In = Pick<Scope, 'tx' | 'shop'>;

/** These conditions stand in the text of a query: only so does the planner take the partial indexes. */
const DUE = sql`${effects.dueAt} is not null`;
const HAS_SUBJECT = sql`${effects.subject} is not null`;
const WAITS = sql`${effects.waits} is not null`;
const OPEN = sql`${effects.state} in ('queued', 'doing', 'doubtful')`;

const one = (shop: number, id: string) => and(eq(effects.shopId, shop), eq(effects.id, id));

/** Writes an effect; false where its key is known already. */
export async function insertEffect({ tx, shop }: In, row: Omit<EffectRow, 'shopId'>): Promise<boolean> {
  const rows = await tx
    .insert(effects)
    .values({ ...row, shopId: shop.id })
    .onConflictDoNothing({ target: [effects.shopId, effects.key] })
    .returning({ id: effects.id });
  return rows.length === 1;
}

/** One effect of the shop's, or null. */
export async function findEffect(db: Tx, shop: number, id: string): Promise<EffectRow | null> {
  const [row] = await db.select().from(effects).where(one(shop, id));
  return row ?? null;
}

export async function findByKey(db: Tx, shop: number, key: string): Promise<EffectRow | null> {
  const [row] = await db
    .select()
    .from(effects)
    .where(and(eq(effects.shopId, shop), eq(effects.key, key)));
  return row ?? null;
}

export async function updateEffect({ tx, shop }: In, id: string, set: EffectChange): Promise<void> {
  await tx.update(effects).set(set).where(one(shop.id, id));
}

/** The last place that was given on a subject; −1: none. */
export async function lastPlace({ tx, shop }: In, subject: string): Promise<number> {
  const [row] = await tx
    .select({ place: effects.place })
    .from(effects)
    .where(and(eq(effects.shopId, shop.id), eq(effects.subject, subject), HAS_SUBJECT))
    .orderBy(desc(effects.place))
    .limit(1);
  return row?.place ?? -1;
}

/** Effects on a subject that have not ended, in their order; `doubtful` ones among them. */
export async function openOnSubject({ tx, shop }: In, subject: string, limit = 1_000): Promise<EffectRow[]> {
  return tx
    .select()
    .from(effects)
    .where(and(eq(effects.shopId, shop.id), eq(effects.subject, subject), HAS_SUBJECT, OPEN))
    .orderBy(asc(effects.place))
    .limit(limit);
}

/** Effects of an owner's that have not ended. */
export const openOfOwner = ({ tx, shop }: In, kind: string, id: string): Promise<EffectRow[]> =>
  Promise.resolve(
    tx
      .select()
      .from(effects)
      .where(and(eq(effects.shopId, shop.id), eq(effects.ownerKind, kind), eq(effects.ownerId, id), OPEN)),
  );

/** Effects about a customer of which something is kept that can be forgotten. */
export const rememberedOf = ({ tx, shop }: In, customer: string): Promise<EffectRow[]> =>
  Promise.resolve(
    tx
      .select()
      .from(effects)
      .where(
        and(
          eq(effects.shopId, shop.id),
          eq(effects.customerId, customer),
          or(isNotNull(effects.payload), isNotNull(effects.answer), OPEN),
        ),
      ),
  );

/** What is to be looked at now, the longest due first. */
export const dueEffects = (db: Tx, shop: number, now: number, limit: number): Promise<EffectRow[]> =>
  Promise.resolve(
    db
      .select()
      .from(effects)
      .where(and(eq(effects.shopId, shop), DUE, lte(effects.dueAt, now)))
      .orderBy(asc(effects.dueAt), asc(effects.id))
      .limit(limit),
  );

export async function nextDueOf(db: Tx, shop: number): Promise<number | null> {
  const [row] = await db
    .select({ dueAt: effects.dueAt })
    .from(effects)
    .where(and(eq(effects.shopId, shop), DUE))
    .orderBy(asc(effects.dueAt))
    .limit(1);
  return row?.dueAt ?? null;
}

/** Shops with something to look at now. */
export async function shopsWithEffects(db: Tx, now: number): Promise<number[]> {
  const rows = await db
    .selectDistinct({ id: effects.shopId })
    .from(effects)
    .where(and(DUE, lte(effects.dueAt, now)));
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

/** Puts off everything of a kind that is queued and not behind another. */
export async function putOff({ tx, shop }: In, kind: string, set: EffectChange): Promise<void> {
  await tx
    .update(effects)
    .set(set)
    .where(and(eq(effects.shopId, shop.id), eq(effects.kind, kind), eq(effects.state, 'queued'), DUE));
}

/** What waited for the shop is due again. */
export async function releaseWaiting({ tx, shop, now }: Scope, kind?: string): Promise<void> {
  const of = kind === undefined ? undefined : eq(effects.kind, kind);
  await tx
    .update(effects)
    .set({ waits: null, errorCode: null, reason: null, dueAt: now })
    .where(and(eq(effects.shopId, shop.id), WAITS, DUE, of));
}

/** What keeps effects of a shop, by its code. */
export const waitsOf = (db: Tx, shop: number) =>
  db
    .select({ code: effects.waits, reason: sql<string | null>`max(${effects.reason})`, count: sql<number>`count(*)` })
    .from(effects)
    .where(and(eq(effects.shopId, shop), WAITS))
    .groupBy(effects.waits);

/** Effects in some states, newest first, before an id (null: from the newest). */
export const listEffectRows = (
  db: Tx,
  shop: number,
  { states, before, limit }: { states: readonly EffectRow['state'][]; before: string | null; limit: number },
): Promise<EffectRow[]> =>
  Promise.resolve(
    db
      .select()
      .from(effects)
      .where(
        and(
          eq(effects.shopId, shop),
          inArray(effects.state, [...states]),
          before === null ? undefined : sql`${effects.id} < ${before}`,
        ),
      )
      .orderBy(desc(effects.id))
      .limit(limit),
  );

/** How many are queued in a shop, and since when the oldest has been due. */
export async function queuedOf(db: Tx, shop: number): Promise<{ count: number; oldest: number | null }> {
  const [row] = await db
    .select({ count: sql<number>`count(*)`, oldest: sql<number | null>`min(${effects.notBefore})` })
    .from(effects)
    .where(and(eq(effects.shopId, shop), eq(effects.state, 'queued')));
  return { count: Number(row?.count ?? 0), oldest: row?.oldest == null ? null : Number(row.oldest) };
}

/** How many effects of all shops stand in each state that somebody may have to look at. */
export const countOpenEffects = (db: Tx) =>
  db
    .select({ state: effects.state, count: sql<number>`count(*)` })
    .from(effects)
    .where(sql`${effects.state} in ('queued', 'doing', 'failed', 'doubtful')`)
    .groupBy(effects.state);

/** Of any shop, effects that ended up to an instant and still say what they were: a page. */
export const oldEffects = (db: Tx, upTo: number, limit: number) =>
  db
    .select({ shopId: effects.shopId, id: effects.id })
    .from(effects)
    .where(and(HAS_SUBJECT, lte(effects.finishedAt, upTo)))
    .orderBy(asc(effects.finishedAt))
    .limit(limit);

/** What ended effects said is forgotten; their keys stay. */
export async function emptyEffects(tx: Tx, shop: number, ids: readonly string[]): Promise<void> {
  await tx
    .update(effects)
    .set({ payload: null, answer: null, subject: null })
    .where(and(eq(effects.shopId, shop), inArray(effects.id, [...ids])));
}

/** What has not ended in a shop may have happened since, in a time of which nothing is known. */
export async function distrustOpen({ tx, shop }: In): Promise<void> {
  await tx
    .update(effects)
    .set({ state: 'queued', happened: 'restored', fence: null })
    .where(and(eq(effects.shopId, shop.id), sql`${effects.state} in ('queued', 'doing')`, ne(effects.happened, 'yes')));
}
