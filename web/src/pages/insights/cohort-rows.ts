import type { Kpis } from '../../api/numbers.ts';

export type Shown = 'retention' | 'revenue' | 'cumulative';
/** `months[k]`: k months after the first. `open`: the last of them is not over yet. */
export type CohortRow = { key: string; size: number; months: number[]; open: boolean };

const SERIES = { retention: 'retention', revenue: 'revenue', cumulative: 'cumulative_revenue' } as const;

/** The cohorts of the days shown, oldest first. */
export function cohortRows(
  { cohorts, monthly, crr }: Pick<Kpis, 'cohorts' | 'monthly' | 'crr'>,
  shown: Shown,
): CohortRow[] {
  const keys = Object.keys(monthly);
  const last = keys.at(-1);
  // Retention of a month is told when the month is over: what has none is still going on.
  const openMonth = last !== undefined && !(last in crr);
  return Object.entries(cohorts).map(([key, cohort]) => {
    const months = cohort[SERIES[shown]];
    return { key, size: cohort.size, months, open: openMonth && keys.indexOf(key) + months.length === keys.length };
  });
}

/**
 * All cohorts together, for each month after the first: shares weighted by size, amounts for each customer. Only cohorts
 * for which that month is over.
 */
export function together(rows: readonly CohortRow[], shown: Shown): (number | null)[] {
  const longest = Math.max(0, ...rows.map(({ months }) => months.length));
  return Array.from({ length: longest }, (_, month) => {
    const over = rows.filter(({ months, open }) => months.length > month && !(open && months.length === month + 1));
    const customers = over.reduce((sum, { size }) => sum + size, 0);
    if (customers === 0) return null;
    const weight = (row: CohortRow): number => (shown === 'retention' ? row.size : 1);
    return over.reduce((sum, row) => sum + (row.months[month] ?? 0) * weight(row), 0) / customers;
  });
}
