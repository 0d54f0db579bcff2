import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { statement, type Tx } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import type { Scope } from '../shops/scope.ts';
import { customerTiers, programVersions, tierPins } from './program.tables.ts';
import type { TierRow } from './program.types.ts';

const p = sql.placeholder;

type Ledger = Pick<Scope, 'tx' | 'shop'>;

const versions = statement('points.versions', (db) =>
  db
    .select()
    .from(programVersions)
    .where(eq(programVersions.shopId, p('shop')))
    .orderBy(asc(programVersions.version)),
);
const tierOf = statement('tiers.of_customer', (db) =>
  db
    .select()
    .from(customerTiers)
    .where(and(eq(customerTiers.shopId, p('shop')), eq(customerTiers.customerId, p('customer')))),
);
const pinOf = statement('tiers.pin', (db) =>
  db
    .select()
    .from(tierPins)
    .where(and(eq(tierPins.shopId, p('shop')), eq(tierPins.orderId, p('order')))),
);
const insertPinRow = statement('tiers.insert_pin', (db) => db.insert(tierPins).values(placeholders(tierPins)));

/** The program's versions, oldest first. */
export const listVersions = async ({ tx, shop }: Pick<Scope, 'tx' | 'shop'>) => versions(tx, { shop: shop.id });

export async function insertVersion({ tx, shop }: Scope, row: Omit<typeof programVersions.$inferSelect, 'shopId'>) {
  await tx.insert(programVersions).values({ ...row, shopId: shop.id });
}

export async function findTier({ tx, shop }: Ledger, customer: string): Promise<TierRow | null> {
  return tierIn(tx, shop.id, customer);
}

/** As findTier, outside a scope. */
export async function tierIn(db: Tx, shop: number, customer: string): Promise<TierRow | null> {
  const [row] = await tierOf(db, { shop, customer });
  return row ?? null;
}

/** The pins of some orders, by order; an order that was never weighed has none. */
export async function pinsOf({ tx, shop }: Scope, orderIds: readonly string[]): Promise<Map<string, string | null>> {
  const [only] = orderIds;
  const pins = new Map<string, string | null>();
  if (only !== undefined && orderIds.length === 1) {
    for (const row of await pinOf(tx, { shop: shop.id, order: only })) pins.set(row.orderId, row.tier);
    return pins;
  }
  for (let at = 0; at < orderIds.length; at += 500) {
    const ids = orderIds.slice(at, at + 500);
    const rows = await tx
      .select()
      .from(tierPins)
      .where(and(eq(tierPins.shopId, shop.id), inArray(tierPins.orderId, ids)));
    for (const { orderId, tier } of rows) pins.set(orderId, tier);
  }
  return pins;
}

export async function insertPin({ tx, shop }: Scope, orderId: string, tier: string | null): Promise<void> {
  await insertPinRow(tx, { shopId: shop.id, orderId, tier });
}
