import type { CouponState } from '../commerce/commerce.types.ts';
import { isNewer } from '../customers/customers.rules.ts';
import type { Scope } from '../shops/scope.ts';
import { type CouponRow, couponsWithCode, findCoupon, putCoupon } from './coupons.repository.ts';

/** Takes a coupon over, unless a newer word of it is known. A coupon that was ours once stays ours. */
export async function recordCoupon(scope: Scope, coupon: CouponState): Promise<boolean> {
  const known = await findCoupon(scope, coupon.platformId);
  if (known && !isNewer(coupon.version, known)) return false;
  const { version, ...fields } = coupon;
  const ours = coupon.ours || known?.ours === true;
  await putCoupon(scope, { ...fields, ...version, ours, deletedAt: known?.deletedAt ?? null });
  return true;
}

/**
 * The platform put the coupon away. One that is not known is nothing to us: WooCommerce says the same of each product that
 * is put into the trash, and a word about a coupon that comes late says by itself that it is there no more.
 */
export async function recordCouponDeleted(scope: Scope, platformId: string, at: number): Promise<void> {
  const known = await findCoupon(scope, platformId);
  if (!known || (known.deletedAt ?? -1) >= at) return;
  const { shopId: _shop, ...row } = known;
  await putCoupon(scope, { ...row, deletedAt: at });
}

const isThere = ({ deletedAt, triggeredAt }: CouponRow): boolean => deletedAt === null || triggeredAt > deletedAt;

/** The coupon that has a code now, in any case of letters; null where the platform told of none, or it is gone. */
export async function couponByCode(scope: Scope, code: string): Promise<CouponRow | null> {
  const found = (await couponsWithCode(scope, code.toLowerCase())).filter(isThere);
  return found.sort((a, b) => b.triggeredAt - a.triggeredAt)[0] ?? null;
}
