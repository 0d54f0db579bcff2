import type { Change } from '../../commerce.types.ts';
import { MARK } from '../store/store.coupons.rules.ts';
import { need } from './woocommerce.fields.ts';
import { type Reading, versionOf } from './woocommerce.orders.ts';
import type { WooCoupon } from './woocommerce.shapes.ts';

const WHAT = 'coupon';

/**
 * What a coupon says: state and use, never whom it is restricted to. @throws DeliveryRefused without a code
 */
export function couponChanges(coupon: WooCoupon, reading: Reading): Change[] {
  const { id: platformId } = coupon;
  if (coupon.status === 'trash') return [{ kind: 'coupon-deleted', platformId, at: reading.readAt }];
  return [
    {
      kind: 'coupon',
      coupon: {
        platformId,
        code: need(coupon.code, WHAT, 'code', 'a code').toLowerCase(),
        state: coupon.status ?? 'publish',
        usageCount: coupon.usage_count,
        usageLimit: coupon.usage_limit,
        expiresAt: coupon.date_expires_gmt,
        ours: coupon.meta_data.has(MARK),
        version: versionOf(coupon.date_modified_gmt ?? coupon.date_created_gmt ?? 0, reading),
      },
    },
  ];
}
