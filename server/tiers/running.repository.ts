import { and, eq, sql } from 'drizzle-orm';
import { statement } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import type { Scope } from '../shops/scope.ts';
import { tierRunning } from './tiers.tables.ts';

export type RunningRow = typeof tierRunning.$inferSelect;

const p = sql.placeholder;
const mine = and(eq(tierRunning.shopId, p('shop')), eq(tierRunning.customerId, p('customer')));

const ofCustomer = statement('tiers.running', (db) => db.select().from(tierRunning).where(mine));
const put = statement('tiers.put_running', (db) =>
  db
    .insert(tierRunning)
    .values(placeholders(tierRunning))
    .onConflictDoUpdate({
      target: [tierRunning.shopId, tierRunning.customerId],
      set: {
        placedAt: sql`excluded.placed_at`,
        platformId: sql`excluded.platform_id`,
        terms: sql`excluded.terms`,
        version: sql`excluded.version`,
        sums: sql`excluded.sums`,
      },
    }),
);
const remove = statement('tiers.delete_running', (db) => db.delete(tierRunning).where(mine));

export async function findRunning({ tx, shop }: Scope, customer: string): Promise<RunningRow | null> {
  const [row] = await ofCustomer(tx, { shop: shop.id, customer });
  return row ?? null;
}

export async function putRunning({ tx, shop }: Scope, row: Omit<RunningRow, 'shopId'>): Promise<void> {
  await put(tx, { ...row, shopId: shop.id });
}

export async function deleteRunning({ tx, shop }: Scope, customer: string): Promise<void> {
  await remove(tx, { shop: shop.id, customer });
}

/** Of every customer of a shop. */
export async function deleteAllRunning({ tx, shop }: { tx: Scope['tx']; shop: { id: number } }): Promise<void> {
  await tx.delete(tierRunning).where(eq(tierRunning.shopId, shop.id));
}
