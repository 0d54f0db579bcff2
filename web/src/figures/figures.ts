import type { figures as texts } from '../../../server/words/en/figures.ts';
import type { Kpis, TrendMonth } from '../api/numbers.ts';
import type { Range } from '../range/range.ts';
import { addDays } from '../range/range.ts';
import type { Group } from '../ui/index.ts';

export type FigureName = keyof typeof texts.name;
/** How a value is meant: a share of 1, per cent of 100, a number of things, an amount of money, days. */
export type Kind = 'share' | 'percent' | 'count' | 'money' | 'days';

type Common = {
  name: FigureName;
  kind: Kind;
  /** Which way is better for the shop; null: neither. */
  better: 'up' | 'down' | null;
  /** Its course over the months; left out: there is none. */
  course?: (month: TrendMonth) => number | null;
  banded?: true;
};
/** Of the days chosen, compared with as many days before. */
type OfRange = Common & { of: 'range'; value: (numbers: Kpis) => number | null; who: (range: Range) => Group };
/** Of the last whole month, compared with the month before. */
type OfMonth = Common & {
  of: 'month';
  course: (month: TrendMonth) => number | null;
  who: (month: TrendMonth) => Group;
};
export type Figure = OfRange | OfMonth;

/** Days within which a buyer is a customer, as the API takes it unless told otherwise. */
const WINDOW = 365;

/** Customers at the end of a month: who bought within the window before it. */
export const customersAtEnd = ({ to }: { to: string }, window = WINDOW): Group => ({
  group: 'buyers',
  from: addDays(to, 1 - window),
  to,
});

const RETURN: Figure[] = [
  {
    name: 'repeatRate',
    kind: 'share',
    better: 'up',
    of: 'range',
    value: (numbers) => numbers.repeat_purchase_rate,
    course: (month) => month.repeat_purchase_rate,
    who: ({ to }) => ({ group: 'repeat', to }),
  },
  {
    name: 'returningRate',
    kind: 'share',
    better: 'up',
    of: 'range',
    value: (numbers) => numbers.returning_customer_rate,
    course: (month) => month.returning_customer_rate,
    who: (range) => ({ group: 'returning', ...range }),
  },
  {
    name: 'returnShare',
    kind: 'share',
    better: 'up',
    of: 'month',
    banded: true,
    course: (month) => month.return_share,
    who: ({ key }) => ({ group: `month:${key}:returning` }),
  },
  {
    name: 'crr',
    kind: 'percent',
    better: 'up',
    of: 'month',
    course: (month) => month.crr,
    who: (month) => customersAtEnd(month),
  },
  {
    name: 'crrStrict',
    kind: 'percent',
    better: 'up',
    of: 'month',
    course: (month) => month.crr_strict,
    who: (month) => customersAtEnd(month),
  },
  {
    name: 'gap',
    kind: 'days',
    better: 'down',
    of: 'range',
    value: (numbers) => numbers.days_between_orders.median,
    course: (month) => month.median_days_between_orders,
    who: (range) => ({ group: 'gap:0-', ...range }),
  },
];

const SALES: Figure[] = [
  {
    name: 'revenue',
    kind: 'money',
    better: 'up',
    of: 'range',
    value: (numbers) => numbers.revenue,
    course: (month) => month.revenue,
    who: (range) => ({ group: 'buyers', ...range }),
  },
  {
    name: 'orders',
    kind: 'count',
    better: 'up',
    of: 'range',
    value: (numbers) => numbers.orders,
    course: (month) => month.orders,
    who: (range) => ({ group: 'buyers', ...range }),
  },
  {
    name: 'customers',
    kind: 'count',
    better: 'up',
    of: 'range',
    value: (numbers) => numbers.customers,
    course: (month) => month.customers,
    who: (range) => ({ group: 'buyers', ...range }),
  },
  {
    name: 'aov',
    kind: 'money',
    better: 'up',
    of: 'range',
    value: (numbers) => numbers.aov,
    course: (month) => month.aov,
    who: (range) => ({ group: 'buyers', ...range }),
  },
  {
    name: 'loyalShare',
    kind: 'share',
    better: 'up',
    of: 'range',
    banded: true,
    value: (numbers) => numbers.repeat_customers_revenue_share,
    course: (month) => month.repeat_customers_revenue_share,
    who: ({ to }) => ({ group: 'repeat', to }),
  },
  {
    name: 'topShare',
    kind: 'share',
    better: null,
    of: 'range',
    banded: true,
    value: (numbers) => numbers.top20pct_customers_revenue_share,
    course: (month) => month.top20pct_customers_revenue_share,
    who: (range) => ({ group: 'top20', ...range }),
  },
];

const POINTS: Figure[] = [
  {
    name: 'issued',
    kind: 'count',
    better: null,
    of: 'range',
    value: ({ points }) => points.issued,
    course: (month) => month.points_issued,
    who: () => ({ group: 'points' }),
  },
  {
    name: 'redeemed',
    kind: 'count',
    better: null,
    of: 'range',
    value: ({ points }) => points.redeemed,
    course: (month) => month.points_redeemed,
    who: () => ({ group: 'points' }),
  },
  {
    name: 'liability',
    kind: 'money',
    better: null,
    of: 'range',
    value: ({ points }) => points.liability,
    who: () => ({ group: 'points' }),
  },
];

/** The main figures in the order in which they are shown. */
export const FIGURES = { return: RETURN, sales: SALES, points: POINTS } as const;
