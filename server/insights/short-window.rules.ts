import type { Columns } from './columns.rules.ts';
import type { Question, Sums } from './sums.rules.ts';

/**
 * Retention with a window W shorter than a month, when a customer who buys in a month need not be one any more at its end:
 * the month starts at which each customer is there have to be joined order by order.
 */
export function shortStays({ customers, starts, days }: Columns, question: Question, sums: Sums): void {
  for (let slot = 0; slot < customers; slot += 1) {
    const begin = starts[slot] as number;
    let end = starts[slot + 1] as number;
    while (end > begin && (days[end - 1] as number) > question.to) end -= 1;
    if (end === begin) continue;
    stayed(days, begin, end, question, sums.stayedShort);
    newcomer(days, begin, end, question, sums.newcomersShort);
  }
}

const isThere = (days: Int32Array, begin: number, end: number, start: number, window: number): boolean => {
  let at = end - 1;
  while (at >= begin && (days[at] as number) >= start) at -= 1;
  return at >= begin && (days[at] as number) >= start - window;
};

/** Customers there at a month's start and at the next one. */
function stayed(days: Int32Array, begin: number, end: number, { months, window }: Question, counts: Int32Array): void {
  let was = false;
  months.starts.forEach((start, month) => {
    const is = isThere(days, begin, end, start, window);
    if (was && is) counts[month - 1] = (counts[month - 1] as number) + 1;
    was = is;
  });
}

/** Customers new in a month and still there at its end. */
function newcomer(days: Int32Array, begin: number, end: number, question: Question, counts: Int32Array): void {
  const first = days[begin] as number;
  const { months, window, low, monthOf } = question;
  if (first < months.first) return;
  const month = monthOf[first - low] as number;
  if (isThere(days, begin, end, months.starts[month + 1] as number, window))
    counts[month] = (counts[month] as number) + 1;
}
