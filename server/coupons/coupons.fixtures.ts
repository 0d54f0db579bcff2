import type { CouponState } from '../commerce/commerce.types.ts';

/** For tests only: a coupon in use, told on 2025-03-01. */
export const couponState = (platformId: string, code: string, fields: Partial<CouponState> = {}): CouponState => {
  const at = Date.UTC(2025, 2, 1);
  return {
    platformId,
    code,
    state: 'publish',
    usageCount: 0,
    usageLimit: 1,
    expiresAt: null,
    ours: false,
    version: { updatedAt: at, triggeredAt: at, bodyHash: 'hash' },
    ...fields,
  };
};
