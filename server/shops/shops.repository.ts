import { and, asc, desc, eq, inArray, isNull, lt, lte, max, or, sql } from 'drizzle-orm';
import { statement, type Tx } from '../db/database.ts';
import type { Scope } from './scope.ts';
import { auditLog, imports, shops, shopZones } from './shops.tables.ts';
import type { Shop } from './shops.types.ts';

type Row = typeof shops.$inferSelect;
export type TokenRow = Pick<
  Row,
  'accessToken' | 'accessExpiresAt' | 'refreshToken' | 'refreshExpiresAt' | 'previousRefreshToken' | 'accessRefusedAt'
>;

const byId = statement('shops.by_id', (db) =>
  db
    .select()
    .from(shops)
    .where(eq(shops.id, sql.placeholder('id'))),
);
const zonesOf = statement('shops.zones', (db) =>
  db
    .select({ fromAt: shopZones.fromAt, timeZone: shopZones.timeZone })
    .from(shopZones)
    .where(eq(shopZones.shopId, sql.placeholder('id')))
    .orderBy(asc(shopZones.fromAt)),
);
const idByDomain = statement('shops.id_by_domain', (db) =>
  db
    .select({ id: shops.id })
    .from(shops)
    .where(and(eq(shops.platform, sql.placeholder('platform')), eq(shops.domain, sql.placeholder('domain')))),
);

async function withZones(db: Tx, row: Row | undefined): Promise<Shop | null> {
  if (!row) return null;
  const { webhookSecret: _secret, scopes: _scopes, createdAt: _created, ...rest } = row;
  const { accessToken: _access, refreshToken: _refresh, previousRefreshToken: _previous, ...others } = rest;
  const {
    accessExpiresAt: _until,
    refreshExpiresAt: _end,
    refreshLeaseUntil: _lease,
    accessRefusedAt: _refused,
    storeCurrency: _sells,
    webhooksStoppedAt: _stopped,
    ...shop
  } = others;
  return { ...shop, showToman: row.showToman ?? false, zones: await zonesOf(db, { id: row.id }) };
}

/** The shop with this id, or null. */
export async function findShop(db: Tx, id: number): Promise<Shop | null> {
  const [row] = await byId(db, { id });
  return withZones(db, row);
}

/** The id of the shop of a platform with this domain, or null. */
export async function findShopId(db: Tx, platform: Shop['platform'], domain: string): Promise<number | null> {
  const [row] = await idByDomain(db, { platform, domain });
  return row?.id ?? null;
}

/** Every shop, oldest first: for operators only. */
export const listShops = (db: Tx) =>
  db
    .select({
      id: shops.id,
      platform: shops.platform,
      domain: shops.domain,
      state: shops.state,
      erasedAt: shops.erasedAt,
    })
    .from(shops)
    .orderBy(asc(shops.id));

/** The sealed webhook secret of a shop, or null where the app's own secret signs. */
export async function findWebhookSecret(db: Tx, id: number): Promise<string | null> {
  const [row] = await byId(db, { id });
  return row?.webhookSecret ?? null;
}

/** The sealed tokens of a shop, with their times; null without a shop. */
export async function findTokens(db: Tx, id: number): Promise<TokenRow | null> {
  const [row] = await byId(db, { id });
  if (!row) return null;
  const { accessToken, accessExpiresAt, refreshToken, refreshExpiresAt, previousRefreshToken, accessRefusedAt } = row;
  return { accessToken, accessExpiresAt, refreshToken, refreshExpiresAt, previousRefreshToken, accessRefusedAt };
}

/** What is wrong between a shop and its platform, as far as the shop's own row says it; null without a shop. */
export async function findTrouble(db: Tx, id: number) {
  const [row] = await byId(db, { id });
  if (!row) return null;
  const { scopes, accessRefusedAt, storeCurrency, webhooksStoppedAt } = row;
  return { scopes, accessRefusedAt, storeCurrency, webhooksStoppedAt };
}

/** Takes the lease to refresh a shop's tokens, unless another holds it. */
export async function takeTokenLease(tx: Tx, id: number, now: number, until: number): Promise<boolean> {
  const taken = await tx
    .update(shops)
    .set({ refreshLeaseUntil: until })
    .where(and(eq(shops.id, id), or(isNull(shops.refreshLeaseUntil), lte(shops.refreshLeaseUntil, now))))
    .returning({ id: shops.id });
  return taken.length === 1;
}

/**
 * Writes a new shop with its first time zone; its id is the next whole number.
 * @returns its id; null when there is a shop with its domain
 */
export async function insertShop(tx: Tx, row: Omit<Row, 'id'>): Promise<number | null> {
  for (;;) {
    const [last] = await tx.select({ id: max(shops.id) }).from(shops);
    const id = (last?.id ?? 0) + 1;
    const made = await tx
      .insert(shops)
      .values({ ...row, id })
      .onConflictDoNothing()
      .returning({ id: shops.id });
    if (made.length > 0) {
      await tx.insert(shopZones).values({ shopId: id, fromAt: 0, timeZone: row.timeZone });
      return id;
    }
    if ((await findShopId(tx, row.platform, row.domain)) !== null) return null;
    // Another process was faster with another shop: the next number, then.
  }
}

/** Changes fields of one shop. */
export async function updateShop(tx: Tx, id: number, change: Partial<Omit<Row, 'id'>>): Promise<void> {
  await tx.update(shops).set(change).where(eq(shops.id, id));
}

/** A time zone that is in force from an instant on. */
export async function insertZone(tx: Tx, shopId: number, fromAt: number, timeZone: string): Promise<void> {
  await tx
    .insert(shopZones)
    .values({ shopId, fromAt, timeZone })
    .onConflictDoUpdate({ target: [shopZones.shopId, shopZones.fromAt], set: { timeZone } });
}

/** A file that is being imported. */
export async function insertImport(tx: Tx, row: typeof imports.$inferSelect): Promise<void> {
  await tx.insert(imports).values(row);
}

export async function insertAudit({ tx, shop }: Scope, row: Omit<typeof auditLog.$inferInsert, 'shopId'>) {
  await tx.insert(auditLog).values({ ...row, shopId: shop.id });
}

/** A shop's audit log before an entry (exclusive; null: from the newest), newest first, a page. */
export const listAudit = (db: Tx, shop: number, before: string | null, limit: number) =>
  db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.shopId, shop), before === null ? undefined : lt(auditLog.id, before)))
    .orderBy(desc(auditLog.id))
    .limit(limit);

/** What some entries of the audit log say as their reason, by id. */
export async function reasonsIn(db: Tx, shop: number, ids: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await db
    .select({ id: auditLog.id, reason: auditLog.reason })
    .from(auditLog)
    .where(and(eq(auditLog.shopId, shop), inArray(auditLog.id, [...ids])));
  return new Map(rows.map(({ id, reason }) => [id, reason]));
}
