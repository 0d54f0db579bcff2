import { minorDigits } from '../shared/money.ts';
import { type Economics, unitEconomics } from './economics.rules.ts';
import type { numbersOf } from './numbers.rules.ts';
import type { PointsDay } from './points-days.rules.ts';
import { pointsFigures } from './points-figures.rules.ts';
import { channelOf } from './sources.rules.ts';

type Numbers = ReturnType<typeof numbersOf>;
type Asked = { from: string; to: string; window: number; currency: string };
type Known = {
  economics: Economics;
  pointsDays: readonly ({ day: string } & PointsDay)[];
  /** The shop's sources by the number under which the columns know them. */
  sources: ReadonlyMap<number, string>;
};

const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b);

/** Every number of a shop for a range, as the API and the commands give it: amounts in currency units, full precision. */
export function kpisFrom(numbers: Numbers, asked: Asked, { economics, pointsDays, sources }: Known) {
  const unit = 10 ** minorDigits(asked.currency);
  const inUnits = (amount: number): number => amount / unit;
  const orNull = (amount: number | null): number | null => (amount === null ? null : inUnits(amount));
  const { channels: byNumber, revenue_to_date, net_sales, revenue, aov, ...rest } = numbers;
  const split = splits(byNumber, sources, inUnits);
  const points = pointsFigures(pointsDays, { ...asked, pointCost: economics.pointCost });
  const unitNumbers = unitEconomics(economics, { aov, cohorts: Object.values(numbers.cohorts) });
  return {
    ...asked,
    ...rest,
    revenue: inUnits(revenue),
    net_sales: inUnits(net_sales),
    aov: aov === null ? null : ratio(inUnits(revenue), numbers.orders),
    clv_historic: ratio(inUnits(revenue_to_date), numbers.customers_to_date),
    monthly: map(numbers.monthly, (row) => ({ ...row, revenue: inUnits(row.revenue) })),
    cohorts: map(numbers.cohorts, (cohort) => ({
      ...cohort,
      revenue: cohort.revenue.map(inUnits),
      cumulative_revenue: cohort.cumulative_revenue.map(inUnits),
    })),
    ...split,
    points: {
      ...points,
      liability: orNull(points.liability),
      by_age: map(points.by_age, (age) => ({ ...age, liability: orNull(age.liability) })),
    },
    unit_economics: {
      ...unitNumbers,
      acquisition_cost: orNull(unitNumbers.acquisition_cost),
      margin_per_order: orNull(unitNumbers.margin_per_order),
      retention_plus_5_value: orNull(unitNumbers.retention_plus_5_value),
    },
    // Both wait for what they speak of: nobody can be referred and no reward be given yet.
    advocacy: { referrers: 0, rate: null },
    redemptions: { count: 0, rate: null },
  };
}

const map = <T, U>(of: Record<string, T>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));

type Sum = { orders: number; revenue: number };
type Split = Sum & { share: number | null };

/** Orders and revenue by source as the platform names it, and by channel. */
function splits(byNumber: Numbers['channels'], sources: Known['sources'], inUnits: (amount: number) => number) {
  const total = byNumber.reduce((sum, row) => sum + row.revenue, 0);
  // Maps: a platform's name for a source is anything, "constructor" too.
  const bySource = new Map<string, Sum>();
  const byChannel = new Map<string, Sum>();
  const add = (into: Map<string, Sum>, name: string, orders: number, revenue: number): void => {
    const before = into.get(name) ?? { orders: 0, revenue: 0 };
    into.set(name, { orders: before.orders + orders, revenue: before.revenue + revenue });
  };
  for (const { channel, orders, revenue } of byNumber) {
    const source = sources.get(channel) ?? 'other';
    add(bySource, source, orders, revenue);
    add(byChannel, channelOf(source), orders, revenue);
  }
  const finished = (sums: Map<string, Sum>): Record<string, Split> =>
    map(Object.fromEntries(sums), ({ orders, revenue }) => {
      return { orders, revenue: inUnits(revenue), share: ratio(revenue, total) };
    });
  return { channels: finished(byChannel), sources: finished(bySource) };
}
