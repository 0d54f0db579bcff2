// Whether both sides of the numbers' benchmark have come to the same numbers.
import type { Kpis } from '../server/insights/kpis.usecases.ts';
import type { PeerNumbers } from './kpis.peer.ts';

type Row = PeerNumbers['totals'];

const near = (a: unknown, b: unknown): boolean => {
  if (a === null || b === null || a === undefined || b === undefined) return (a ?? null) === (b ?? null);
  return Math.abs(Number(a) - Number(b)) <= 1e-9 * Math.max(1, Math.abs(Number(a)));
};

const ratio = (a: unknown, b: unknown): number | null => (Number(b) === 0 ? null : Number(a) / Number(b));
const sum = (rows: Row[], name: string): number => rows.reduce((total, row) => total + Number(row[name]), 0);

/** Where ours differ from the peer's, a line each. Our amounts are dollars, the peer's cents. */
export function differences(ours: Kpis, peer: PeerNumbers): string[] {
  const found: string[] = [];
  const same = (what: string, a: unknown, b: unknown): void => {
    if (!near(a, b)) found.push(`${what}: ours ${String(a)}, the peer's ${String(b)}`);
  };
  const { totals } = peer;
  same('customers', ours.customers, totals.customers);
  same('orders', ours.orders, totals.orders);
  same('revenue', ours.revenue * 100, totals.revenue ?? 0);
  same('lifetime revenue', (ours.clv_historic ?? 0) * ours.customers_to_date * 100, totals.ever ?? 0);
  same('repeat rate', ours.repeat_purchase_rate, ratio(totals.repeat, totals.known));
  same('repeat rate in range', ours.repeat_purchase_rate_in_range, ratio(totals.twice, totals.customers));
  same('returning rate', ours.returning_customer_rate, ratio(totals.returning, totals.customers));
  same('loyal share', ours.repeat_customers_revenue_share, ratio(totals.loyal ?? 0, totals.revenue));
  same('best share', ours.top20pct_customers_revenue_share, ratio(peer.best[0]?.revenue, totals.revenue));
  same('net sales', ours.net_sales * 100, sum(peer.channels, 'sales'));
  same('first day', Date.parse(ours.first_order_date ?? ''), Date.parse(String(totals.first)));
  same('last day', Date.parse(ours.last_order_date ?? ''), Date.parse(String(totals.last)));
  for (const row of peer.ladder) {
    const name = Number(row.orders) === 10 ? '10+' : String(row.orders);
    same(`ladder ${name}`, ours.customers_by_order_count[name], row.customers);
  }
  gaps('gaps', ours.days_between_orders, peer.gaps[0], same);
  gaps('second', ours.days_first_to_second, peer.second[0], same);
  for (const row of peer.within) {
    const days = ours.repeat_within_days[String(row.w)];
    same(`within ${String(row.w)}`, days?.eligible, row.eligible);
    same(`within ${String(row.w)}`, days?.repeated, row.repeated);
  }
  byMonth(ours, peer, same);
  return found;
}

type Same = (what: string, a: unknown, b: unknown) => void;

function gaps(what: string, ours: Kpis['days_between_orders'], peer: Row | undefined, same: Same): void {
  same(`${what} n`, ours.n, peer?.n);
  same(`${what} mean`, ours.mean, peer?.mean);
  const quartiles = (peer?.quartiles ?? []) as unknown[];
  [ours.p25, ours.median, ours.p75].forEach((value, index) => {
    same(`${what} quartile`, value, quartiles[index]);
  });
  same(`${what} zero`, ours.zero_days, peer?.zero);
}

function byMonth(ours: Kpis, peer: PeerNumbers, same: Same): void {
  for (const row of peer.monthly) {
    const key = String(row.month).slice(0, 7);
    const month = ours.monthly[key];
    same(`${key} orders`, month?.orders, row.orders);
    same(`${key} revenue`, (month?.revenue ?? 0) * 100, row.revenue);
    same(`${key} customers`, month?.customers, row.customers);
    same(`${key} new`, month?.new, row.fresh);
  }
  for (const row of peer.cohorts) {
    const key = String(row.cohort).slice(0, 7);
    const cohort = ours.cohorts[key];
    same(`cohort ${key} active`, cohort?.active[Number(row.age)], row.active);
    same(`cohort ${key} revenue`, (cohort?.revenue[Number(row.age)] ?? 0) * 100, row.revenue);
  }
  for (const row of peer.retention) {
    const key = String(row.month).slice(0, 7);
    const month = ours.crr[key];
    same(`${key} S`, month?.S, row.s);
    same(`${key} E`, month?.E, row.e);
    same(`${key} N`, month?.N, row.n);
    same(`${key} CRR strict`, month?.crr_strict, ratio(Number(row.stayed) * 100, row.s));
  }
}
