import { dayNumber } from './months.rules.ts';
import { FIGURES, noPoints, type PointsDay } from './points-days.rules.ts';

/** Upper ends, in days, of the ages by which what is left of lots is shown; the last class has none. */
const AGES = [30, 90, 180, 365] as const;
const AGE_NAMES = ['0-30', '31-90', '91-180', '181-365', '366+'] as const;

const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b);

/**
 * The figures of points, in points; amounts in minor units, not rounded.
 * - `issued` is net of what was taken back, `outstanding` what members hold at the end of the range.
 * - `redemption_rate`: redeemed ÷ issued; `breakage`: expired ÷ issued; both over lifetime up to `to`.
 * - `expected_redemption`: redeemed ÷ (redeemed + expired) so far; until any point was either, 1: the careful guess.
 * - `liability` = outstanding × cost of a point × expected redemption, for each age of lots and in all; null until the cost
 *   of a point is given. Ages are those of today's lots, on the last day of the range.
 * @param days every day's points of the shop, by day
 * @param pointCost what a point costs when it is redeemed, in thousandths of a minor unit
 */
export function pointsFigures(
  days: readonly ({ day: string } & PointsDay)[],
  { from, to, pointCost }: { from: string; to: string; pointCost: number | null },
) {
  const range = noPoints();
  const ever = noPoints();
  const left = AGE_NAMES.map(() => 0);
  const end = dayNumber(to);
  for (const row of days) {
    if (row.day > to) continue;
    for (const figure of FIGURES) {
      ever[figure] += row[figure];
      if (row.day >= from) range[figure] += row[figure];
    }
    const age = AGES.findIndex((limit) => end - dayNumber(row.day) <= limit);
    const at = age === -1 ? AGES.length : age;
    left[at] = (left[at] ?? 0) + row.remaining;
  }
  const settled = ever.redeemed + ever.expired;
  const expected = settled === 0 ? 1 : ever.redeemed / settled;
  const liability = (points: number) => (pointCost === null ? null : (points * pointCost * expected) / 1000);
  const outstanding = ever.issued + ever.adjusted - ever.redeemed - ever.expired;
  return {
    issued: range.issued,
    redeemed: range.redeemed,
    expired: range.expired,
    adjusted: range.adjusted,
    outstanding,
    redemption_rate: ratio(ever.redeemed, ever.issued),
    breakage: ratio(ever.expired, ever.issued),
    expected_redemption: expected,
    liability: liability(outstanding),
    by_age: Object.fromEntries(
      AGE_NAMES.map((name, index) => [name, { points: left[index] ?? 0, liability: liability(left[index] ?? 0) }]),
    ),
  };
}
