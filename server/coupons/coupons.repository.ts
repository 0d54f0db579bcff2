import { and, eq } from 'drizzle-orm';
import type { Scope } from '../shops/scope.ts';
import { coupons } from './coupons.tables.ts';

export type CouponRow = typeof coupons.$inferSelect;

export async function findCoupon({ tx, shop }: Scope, platformId: string): Promise<CouponRow | null> {
  const [row] = await tx
    .select()
    .from(coupons)
    .where(and(eq(coupons.shopId, shop.id), eq(coupons.platformId, platformId)));
  return row ?? null;
}

/** Every coupon that has, or had, a code; a platform gives a code again once the one before is deleted. */
export const couponsWithCode = ({ tx, shop }: Scope, code: string): Promise<CouponRow[]> =>
  Promise.resolve(
    tx
      .select()
      .from(coupons)
      .where(and(eq(coupons.shopId, shop.id), eq(coupons.code, code))),
  );

export async function putCoupon({ tx, shop }: Scope, row: Omit<CouponRow, 'shopId'>): Promise<void> {
  const { platformId: _id, ...set } = row;
  await tx
    .insert(coupons)
    .values({ ...row, shopId: shop.id })
    .onConflictDoUpdate({ target: [coupons.shopId, coupons.platformId], set });
}
