import { z } from 'zod';
import { amount, asOf, day } from './common.ts';

const share = z.number().nullable();
const count = z.int();

/** Months shown, the one that `to` lies in among them; `to` is today when left out. */
export const trendQuery = z.strictObject({
  to: day.optional(),
  window: z.coerce.number().int().min(1).max(3_660).optional(),
  months: z.coerce.number().int().min(2).max(36).default(13),
});

/**
 * The main numbers month by month, oldest first, by the same definitions as `kpis` for a range that is this month, the
 * last one up to `to`. `complete`: it is over, by the shop's day and by `to`. Amounts in currency units, rates as shares
 * of 1, CRR in per cent and only of whole months.
 */
export const trend = z.strictObject({
  asOf,
  currency: z.string(),
  months: z.array(
    z.strictObject({
      key: z.string(),
      from: day,
      to: day,
      complete: z.boolean(),
      orders: count,
      revenue: amount,
      customers: count,
      new: count,
      returning: count,
      aov: amount.nullable(),
      repeat_purchase_rate: share,
      returning_customer_rate: share,
      return_share: share,
      crr: share,
      crr_strict: share,
      median_days_between_orders: share,
      repeat_customers_revenue_share: share,
      top20pct_customers_revenue_share: share,
      points_issued: count,
      points_redeemed: count,
    }),
  ),
});
