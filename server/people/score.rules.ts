import type { Standards } from '../insights/standards.rules.ts';

/** What of a customer is scored; revenue in minor units. */
export type Scored = {
  /** Days since the last counted order; null: there is none. */
  silentDays: number | null;
  orders: number;
  revenue: number;
  /** Whether they opened an account. */
  account: boolean;
  /** Channels on which they asked to be written to. */
  subscribed: number;
};

export type ScorePart = {
  name: 'recency' | 'frequency' | 'spend' | 'engagement';
  /** Of at most `most`. */
  points: number;
  most: number;
  /** By what of the customer's: days, orders, minor units, signs of engagement; null: nothing is known. */
  value: number | null;
};

const MOST = { recency: 30, frequency: 25, spend: 25, engagement: 20 };
const OF_QUINTILE = 5;
const OF_SIGN = 5;

/**
 * How good a customer one is for this shop, 0 to 100, as a sum of four parts:
 *
 * - **recency**, 30: all of it as long as the last order is no older than the median gap between orders of this shop, none
 *   from the 90th percentile of the gaps on, evenly less in between;
 * - **frequency**, 25: 5 for each quintile of the shop's buyers that the number of orders reaches (ties share one, as in RFM);
 * - **spend**, 25: the same by net revenue;
 * - **engagement**, 20: 5 for an account, and 5 for each channel that they are subscribed to (e-mail, SMS, push).
 *
 * Who never bought has engagement only. Visits are not known so far, and have no part in it.
 */
export function scoreOf(customer: Scored, standards: Standards): { total: number; parts: ScorePart[] } {
  const { silentDays, orders, revenue, account, subscribed } = customer;
  const signs = (account ? 1 : 0) + subscribed;
  const bought = orders > 0;
  const quintiles = (value: number, cuts: readonly number[]) =>
    bought ? OF_QUINTILE * (1 + cuts.filter((cut) => cut < value).length) : 0;
  const parts: ScorePart[] = [
    { name: 'recency', points: bought ? recency(silentDays, standards) : 0, most: MOST.recency, value: silentDays },
    { name: 'frequency', points: quintiles(orders, standards.orders), most: MOST.frequency, value: orders },
    { name: 'spend', points: quintiles(revenue, standards.revenue), most: MOST.spend, value: bought ? revenue : null },
    { name: 'engagement', points: Math.min(MOST.engagement, OF_SIGN * signs), most: MOST.engagement, value: signs },
  ];
  return { total: parts.reduce((sum, { points }) => sum + points, 0), parts };
}

function recency(days: number | null, { silence: { atRisk, lost } }: Standards): number {
  if (days === null) return 0;
  if (days <= atRisk) return MOST.recency;
  if (days >= lost) return 0;
  return Math.round((MOST.recency * (lost - days)) / (lost - atRisk));
}
