// The peer of the numbers' benchmark: DuckDB, which computes the same numbers from the raw rows in memory.
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { RawOrders } from './kpis.orders.ts';

export type PeerRange = { from: string; to: string; window: number };

/** Rates, money in minor units, as the peer computes them: what both sides are compared by. */
export type PeerNumbers = Awaited<ReturnType<Peer['numbers']>>;
export type Peer = Awaited<ReturnType<typeof openPeer>>;

/** A DuckDB in memory with one row an order. */
export async function openPeer(orders: RawOrders) {
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  await load(db, orders);
  return {
    numbers: (range: PeerRange) => numbers(db, range),
    close: () => {
      db.closeSync();
      instance.closeSync();
    },
  };
}

async function load(db: DuckDBConnection, { customer, day, net, sales, channel, count }: RawOrders): Promise<void> {
  await db.run(
    'CREATE TABLE orders (id INTEGER, customer INTEGER, day DATE, net BIGINT, sales BIGINT, channel TINYINT)',
  );
  const appender = await db.createAppender('orders');
  for (let at = 0; at < count; at += 1) {
    appender.appendInteger(at);
    appender.appendInteger(customer[at] as number);
    appender.appendDate({ days: day[at] as number } as never);
    appender.appendBigInt(BigInt(net[at] as number));
    appender.appendBigInt(BigInt(sales[at] as number));
    appender.appendTinyInt(channel[at] as number);
    appender.endRow();
  }
  appender.closeSync();
}

/** Every order up to `to` beside its neighbours, once; everything else is read from it. */
const BASE = `
CREATE OR REPLACE TEMP TABLE o AS
SELECT customer, day, net, sales, channel, date_trunc('month', day)::DATE AS month, day >= $from::DATE AS inside,
  lag(day) OVER w AS previous, lead(day) OVER w AS next, row_number() OVER w AS n,
  first_value(day) OVER w AS first
FROM orders WHERE day <= $to::DATE
WINDOW w AS (PARTITION BY customer ORDER BY day, id)`;

const CUSTOMERS = `
CREATE OR REPLACE TEMP TABLE c AS
SELECT customer, count(*) AS lifetime, count(*) FILTER (inside) AS orders, sum(net) FILTER (inside) AS revenue,
  sum(net) AS ever, any_value(first) AS first, max(day) FILTER (n = 2) AS second, max(day) AS last
FROM o GROUP BY customer`;

const TOTALS = `
SELECT count(*) FILTER (orders > 0) AS customers, sum(orders) AS orders, sum(revenue) AS revenue, sum(ever) AS ever,
  count(*) AS known, count(*) FILTER (lifetime > 1) AS repeat, min(first) AS first, max(last) AS last,
  count(*) FILTER (orders > 1) AS twice,
  count(*) FILTER (orders > 0 AND (orders > 1 OR first < $from::DATE)) AS returning,
  sum(revenue) FILTER (lifetime > 1) AS loyal, count(*) FILTER (first >= $from::DATE) AS firsts
FROM c`;

const QUERIES = {
  ladder: 'SELECT least(lifetime, 10) AS orders, count(*) AS customers FROM c GROUP BY 1 ORDER BY 1',
  best: `SELECT sum(revenue) AS revenue FROM (
    SELECT revenue FROM c WHERE orders > 0 ORDER BY revenue DESC
    LIMIT (SELECT ceil(0.2 * count(*))::BIGINT FROM c WHERE orders > 0))`,
  gaps: `SELECT count(*) AS n, avg(day - previous) AS mean,
    quantile_cont(day - previous, [0.25, 0.5, 0.75]) AS quartiles, count(*) FILTER (day = previous) AS zero
    FROM o WHERE inside AND previous IS NOT NULL`,
  second: `SELECT count(*) AS n, avg(day - previous) AS mean,
    quantile_cont(day - previous, [0.25, 0.5, 0.75]) AS quartiles, count(*) FILTER (day = previous) AS zero
    FROM o WHERE inside AND n = 2`,
  within: `SELECT w, count(*) AS eligible, count(*) FILTER (second - first <= w) AS repeated
    FROM c, (SELECT unnest([30, 60, 90, 180, 365]) AS w) WHERE first + w <= (SELECT max(last) FROM c)
    GROUP BY w ORDER BY w`,
  channels:
    'SELECT channel, count(*) AS orders, sum(net) AS revenue, sum(sales) AS sales FROM o WHERE inside GROUP BY 1 ORDER BY 1',
  monthly: `SELECT month, count(*) AS orders, sum(net) AS revenue, count(DISTINCT customer) AS customers,
    count(*) FILTER (n = 1) AS fresh, count(DISTINCT customer) FILTER (first < month) AS old
    FROM o WHERE inside GROUP BY month ORDER BY month`,
  cohorts: `SELECT date_trunc('month', first)::DATE AS cohort, date_diff('month', first, day) AS age,
    count(DISTINCT customer) AS active, sum(net) AS revenue
    FROM o WHERE first >= date_trunc('month', $from::DATE) AND date_diff('month', first, day) < 13
    GROUP BY 1, 2 ORDER BY 1, 2`,
  retention: `WITH starts AS (
      SELECT unnest(generate_series(date_trunc('month', $from::DATE), date_trunc('month', $to::DATE) + INTERVAL 1 MONTH, INTERVAL 1 MONTH))::DATE AS t),
    there AS (
      SELECT DISTINCT t, customer, first FROM starts
      JOIN o ON day < t AND t <= least(coalesce(next, DATE '9999-01-01'), day + $window::INTEGER)),
    counts AS (SELECT t, count(*) AS there, count(*) FILTER (first >= t - INTERVAL 1 MONTH) AS fresh FROM there GROUP BY t),
    both_ends AS (
      SELECT a.t, count(*) AS stayed FROM there a JOIN there b ON a.customer = b.customer AND b.t = a.t + INTERVAL 1 MONTH
      GROUP BY a.t)
    SELECT s.t AS month, coalesce(a.there, 0) AS s, coalesce(b.there, 0) AS e, coalesce(b.fresh, 0) AS n, coalesce(stayed, 0) AS stayed
    FROM starts s LEFT JOIN counts a ON a.t = s.t LEFT JOIN counts b ON b.t = s.t + INTERVAL 1 MONTH
    LEFT JOIN both_ends x ON x.t = s.t
    WHERE s.t >= $from::DATE AND s.t + INTERVAL 1 MONTH <= $to::DATE + 1 ORDER BY s.t`,
};

async function numbers(db: DuckDBConnection, { from, to, window }: PeerRange) {
  await db.run(BASE, { from, to });
  await db.run(CUSTOMERS);
  const rows = async (sql: string) => {
    const values: Record<string, string | number> = {};
    if (sql.includes('$from')) values.from = from;
    if (sql.includes('$to')) values.to = to;
    if (sql.includes('$window')) values.window = window;
    return (await db.runAndReadAll(sql, values)).getRowObjectsJson();
  };
  const [totals = {}] = await rows(TOTALS);
  const answers: Record<string, Awaited<ReturnType<typeof rows>>> = {};
  for (const [name, sql] of Object.entries(QUERIES)) answers[name] = await rows(sql);
  return { totals, ...answers } as { totals: typeof totals } & Record<keyof typeof QUERIES, (typeof totals)[]>;
}
