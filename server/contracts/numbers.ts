import { z } from 'zod';
import { amount, asOf, day } from './common.ts';

const share = z.number().nullable();
const count = z.int();
const money = amount.nullable();
const gaps = z.looseObject({ n: count, mean: share, median: share });
const split = z.record(z.string(), z.strictObject({ orders: count, revenue: amount, share }));

/** Defaults: the last 30 local days, today among them; a window of 365 days. */
export const kpisQuery = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  window: z.coerce.number().int().min(1).max(3_660).optional(),
});

/** Every number of a shop: amounts in currency units, rates as shares of 1 (CRR in per cent), null where nothing divides. */
export const kpis = z.looseObject({
  asOf,
  from: day,
  to: day,
  window: count,
  currency: z.string(),
  customers: count,
  customers_to_date: count,
  orders: count,
  orders_without_customer: count,
  revenue: amount,
  net_sales: amount,
  aov: money,
  clv_historic: money,
  first_order_date: day.nullable(),
  last_order_date: day.nullable(),
  repeat_customers: count,
  repeat_purchase_rate: share,
  repeat_purchase_rate_in_range: share,
  returning_customer_rate: share,
  orders_per_customer: share,
  top20pct_customers_revenue_share: share,
  repeat_customers_revenue_share: share,
  monthly_reorder_share: share,
  customers_by_order_count: z.record(z.string(), count),
  p_next_order: z.record(z.string(), share),
  days_between_orders: gaps,
  days_first_to_second: gaps,
  repeat_within_days: z.record(z.string(), z.strictObject({ eligible: count, repeated: count, rate: share })),
  monthly: z.record(
    z.string(),
    z.looseObject({
      orders: count,
      revenue: amount,
      customers: count,
      new: count,
      returning: count,
      return_share: share,
    }),
  ),
  crr: z.record(
    z.string(),
    z.looseObject({ S: count, E: count, N: count, crr: share, crr_strict: share, churn: share }),
  ),
  cohorts: z.record(
    z.string(),
    z.looseObject({
      size: count,
      active: z.array(count),
      retention: z.array(z.number()),
      revenue: z.array(amount),
      cumulative_revenue: z.array(amount),
    }),
  ),
  channels: split,
  sources: split,
  points: z.looseObject({
    issued: count,
    redeemed: count,
    expired: count,
    outstanding: count,
    liability: money,
    redemption_rate: share,
    breakage: share,
    expected_redemption: z.number(),
  }),
  unit_economics: z.looseObject({
    gross_margin: share,
    acquisition_cost: money,
    margin_per_order: money,
    payback_order: count.nullable(),
    retention_plus_5_value: money,
  }),
});

export const rfmQuery = z.strictObject({
  method: z.enum(['quantile', 'ntile']).default('quantile'),
  to: day.optional(),
});

/** Defaults as for the numbers. */
export const gapsQuery = z.strictObject({ from: day.optional(), to: day.optional() });

/**
 * Days between two orders of the same customer, of the gaps that end in the range: how many of each length, how many
 * customers have one, and half (`p50`) and nine tenths (`p90`) of them are no longer than. `to` null: and longer.
 */
export const gapDistribution = z.strictObject({
  asOf,
  from: day,
  to: day,
  n: count,
  mean: share,
  p50: share,
  p90: share,
  buckets: z.array(z.strictObject({ from: count, to: count.nullable(), gaps: count, customers: count })),
});

const tally = z.record(z.string(), count);
const five = z.array(z.number());
const score = z.int().min(1).max(5);

/** Customers by score and by named segment; `grid`: each pair of an R and an F score, all twenty-five of them. */
export const rfm = z.strictObject({
  asOf,
  method: z.enum(['quantile', 'ntile']),
  snapshot: day.nullable(),
  customers: count,
  r: tally,
  f: tally,
  m: tally,
  segments: tally,
  score_555: count,
  score_111: count,
  grid: z.array(z.strictObject({ r: score, f: score, customers: count, segment: z.string() })),
  thresholds: z.strictObject({ recency_days: five, frequency: five, monetary: five }).optional(),
  mean_recency_days: share,
  median_monetary: money,
});

/** Customers by stage of their life. */
export const lifecycle = z.strictObject({
  asOf,
  at_risk_after_days: z.number(),
  lost_after_days: z.number(),
  stages: z.strictObject({
    lead: count,
    lost: count,
    loyal: count,
    at_risk: count,
    new: count,
    active: count,
  }),
});
