import type { Calendar } from '../shared/calendar.ts';
import { minorDigits } from '../shared/money.ts';
import { dayOf } from './months.rules.ts';
import type { ShopColumns } from './numbers.rules.ts';
import type { PointsDay } from './points-days.rules.ts';
import { quantilesOf, sumOfGreatest } from './quantiles.rules.ts';
import {
  emptyTrend,
  type Growing,
  scanTrend,
  scanTrendAnonymous,
  type TrendQuestion,
  type TrendSums,
  trendQuestion,
} from './trend.sums.rules.ts';

type Asked = {
  /** Any day of the first month, and the last day of all, as whole numbers. */
  from: number;
  to: number;
  window: number;
  calendar: Calendar;
  currency: string;
  /** The shop's local day. */
  today: number;
};

const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b);

/**
 * The main numbers of some months in one pass over the orders: what `numbersOf` and `kpisFrom` say of a range that is the
 * month, each month for itself.
 */
export function trendFrom(
  columns: ShopColumns,
  asked: Asked,
  pointsDays: readonly ({ day: string } & Pick<PointsDay, 'issued' | 'redeemed'>)[],
) {
  const question = trendQuestion(asked);
  const sums = emptyTrend(question);
  for (const { columns: chunk } of columns.chunks) scanTrend(chunk, question, sums);
  for (const { columns: chunk } of columns.anonymous) scanTrendAnonymous(chunk, question, sums);
  const { months } = question;
  const retention = retentionOf(sums, question);
  // Customers ever, and those with two orders, up to the month's start.
  let { known, repeat } = sums;
  return months.keys.map((key, month) => {
    const from = months.starts[month] as number;
    const end = (months.starts[month + 1] as number) - 1;
    const to = Math.min(end, asked.to);
    const existing = known;
    known += sums.firsts[month] as number;
    repeat += sums.seconds[month] as number;
    const days = { from: dayOf(from), to: dayOf(to) };
    return {
      key,
      ...days,
      complete: end <= asked.to && end < asked.today,
      ...boughtIn(sums, month, 10 ** minorDigits(asked.currency)),
      repeat_purchase_rate: ratio(repeat, known),
      return_share: ratio((sums.buyers[month] as number) - (sums.firsts[month] as number), existing),
      ...(end <= asked.to ? retention(month) : { crr: null, crr_strict: null }),
      median_days_between_orders: medianOf(sums.gaps[month] as Int32Array),
      ...pointsIn(pointsDays, days),
    };
  });
}

/** Orders, buyers and revenue of a month; `unit`: minor units of a currency unit. */
function boughtIn(sums: TrendSums, month: number, unit: number) {
  const buyers = sums.buyers[month] as number;
  const fresh = sums.firsts[month] as number;
  const orders = (sums.orders[month] as number) + (sums.anonymousOrders[month] as number);
  const revenue = (sums.revenue[month] as number) + (sums.anonymousRevenue[month] as number);
  const { values, length } = sums.spent[month] as Growing;
  const best = sumOfGreatest(values.subarray(0, length), Math.ceil(0.2 * buyers));
  return {
    orders,
    revenue: revenue / unit,
    customers: buyers,
    new: fresh,
    returning: buyers - fresh,
    aov: ratio(revenue / unit, orders),
    returning_customer_rate: ratio(sums.returning[month] as number, buyers),
    repeat_customers_revenue_share: ratio(sums.loyalRevenue[month] as number, revenue),
    top20pct_customers_revenue_share: ratio(best, revenue),
  };
}

/** Retention of a whole month: S at its start, E at its end, N newcomers still there. */
function retentionOf(sums: TrendSums, { months }: TrendQuestion) {
  const present = running(sums.present, months.keys.length + 1);
  const stayed = running(sums.stayed, months.keys.length);
  return (month: number) => {
    const [S = 0, E = 0] = present.slice(month, month + 2);
    const N = sums.newcomers[month] as number;
    return { crr: ratio((E - N) * 100, S), crr_strict: ratio((stayed[month] as number) * 100, S) };
  };
}

function running(differences: Int32Array, length: number): number[] {
  let total = 0;
  return Array.from(differences.subarray(0, length), (difference) => {
    total += difference;
    return total;
  });
}

function medianOf(gaps: Int32Array): number | null {
  let n = 0;
  for (const count of gaps) n += count;
  return quantilesOf(gaps, n, [0.5])[0] ?? null;
}

function pointsIn(
  pointsDays: readonly ({ day: string } & Pick<PointsDay, 'issued' | 'redeemed'>)[],
  { from, to }: { from: string; to: string },
) {
  let [issued, redeemed] = [0, 0];
  for (const row of pointsDays) {
    if (row.day < from || row.day > to) continue;
    issued += row.issued;
    redeemed += row.redeemed;
  }
  return { points_issued: issued, points_redeemed: redeemed };
}
