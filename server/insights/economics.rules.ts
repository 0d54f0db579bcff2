/** What the merchant said of their costs; null until given. */
export type Economics = {
  /** Gross margin in hundredths of a per cent: 4250 is 42.5 %. */
  grossMargin: number | null;
  /** What winning a customer costs, in minor units. */
  acquisitionCost: number | null;
  /** What a point costs when it is redeemed, in thousandths of a minor unit. */
  pointCost: number | null;
};

/** A cohort as the numbers give it: how many were active in each month since the first, and what they spent. */
export type CohortCurve = { size: number; active: readonly number[]; revenue: readonly number[] };

/** Months after the first over which retention is valued. */
const YEAR = 12;
/** Five points of retention, as in "+5 % retention". */
const MORE = 0.05;

/**
 * Unit economics from the shop's own cohorts. Amounts in minor units, not rounded; null while what they need is not known.
 * - `payback_order`: the first order number n at which the margin on n average orders covers the acquisition cost.
 * - `retention_plus_5_value`: what a new customer is worth more over the 12 months after the first if in each of them five
 *   more customers in a hundred were active (of those who were not), each spending what an active one spends in a month.
 */
export function unitEconomics(
  { grossMargin, acquisitionCost }: Economics,
  { aov, cohorts }: { aov: number | null; cohorts: readonly CohortCurve[] },
) {
  const margin = grossMargin === null ? null : grossMargin / 10_000;
  const perOrder = margin === null || aov === null ? null : aov * margin;
  const payback =
    perOrder === null || acquisitionCost === null || perOrder <= 0
      ? null
      : Math.max(1, Math.ceil(acquisitionCost / perOrder));
  return {
    gross_margin: margin,
    acquisition_cost: acquisitionCost,
    margin_per_order: perOrder,
    payback_order: payback,
    retention_plus_5_value: margin === null ? null : retentionValue(cohorts, margin),
  };
}

/** All cohorts together, month by month since the first, each month only of the cohorts that have reached it. */
function retentionValue(cohorts: readonly CohortCurve[], margin: number): number | null {
  let value = 0;
  let months = 0;
  for (let month = 1; month <= YEAR; month += 1) {
    let size = 0;
    let active = 0;
    let revenue = 0;
    for (const cohort of cohorts) {
      const count = cohort.active[month];
      if (count === undefined) continue;
      size += cohort.size;
      active += count;
      revenue += cohort.revenue[month] ?? 0;
    }
    if (active === 0) continue;
    months += 1;
    value += Math.min(MORE, 1 - active / size) * (revenue / active) * margin;
  }
  return months === 0 ? null : value;
}
