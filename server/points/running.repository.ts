import { and, eq, sql } from 'drizzle-orm';
import { statement } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import type { Scope } from '../shops/scope.ts';
import { pointsRunning } from './points.tables.ts';

export type RunningRow = typeof pointsRunning.$inferSelect;

const p = sql.placeholder;
const mine = and(eq(pointsRunning.shopId, p('shop')), eq(pointsRunning.customerId, p('customer')));

const ofCustomer = statement('points.running', (db) => db.select().from(pointsRunning).where(mine));
const put = statement('points.put_running', (db) =>
  db
    .insert(pointsRunning)
    .values(placeholders(pointsRunning))
    .onConflictDoUpdate({
      target: [pointsRunning.shopId, pointsRunning.customerId],
      set: {
        placedAt: sql`excluded.placed_at`,
        platformId: sql`excluded.platform_id`,
        terms: sql`excluded.terms`,
        used: sql`excluded.used`,
      },
    }),
);
const remove = statement('points.delete_running', (db) => db.delete(pointsRunning).where(mine));

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
  await tx.delete(pointsRunning).where(eq(pointsRunning.shopId, shop.id));
}
