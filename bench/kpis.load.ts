// Loads the benchmark's orders straight into the tables: what is measured is reading them.

import Sqlite from 'better-sqlite3';
import type { Core } from '../server/app.ts';
import { sqlitePath } from '../server/db/sqlite.ts';
import type { RawOrders } from './kpis.orders.ts';

const DAY_MS = 86_400_000;
const BATCH = 20_000;

const ORDER = `INSERT INTO orders (shop_id, id, platform_id, number, customer_id, placed_at, placed_day, paid_at, deleted,
  financial, counts, test, currency, total, refunded, plain_refunds, shipping, tax, discount, credit_paid, net, source,
  discount_codes, earns, updated_at, triggered_at, progress, body_hash)
  VALUES (@shop, @id, @platform, @platform, @customer, @at, @day, @at, 0, 'paid', 1, 0, 'USD', @net, 0, '[]', 0, @tax, 0, 0,
  @net, @source, '[]', 0, @at, @at, 'paid', @platform)`;
const CUSTOMER = `INSERT INTO customers (shop_id, id, platform_id, updated_at, triggered_at, body_hash, created_at)
  VALUES (@shop, @id, @platform, 0, 0, '', 0)`;

/** Our id of the n-th: ordered as they come. */
const idOf = (kind: string, n: number): string => `${kind}${String(n).padStart(9, '0')}`;

/** Writes one row a customer and one an order, orders by the time they were placed, as a shop's life would have it. */
export async function loadShop({ config }: Core, shop: number, orders: RawOrders): Promise<void> {
  const db = new Sqlite(sqlitePath(config.databaseUrl));
  db.pragma('synchronous = OFF');
  const [order, customer] = [db.prepare(ORDER), db.prepare(CUSTOMER)];
  const dayOf = new Map<number, string>();
  const inBatches = (count: number, write: (n: number) => void): void => {
    for (let from = 0; from < count; from += BATCH) {
      db.transaction(() => {
        for (let n = from; n < Math.min(count, from + BATCH); n += 1) write(n);
      })();
    }
  };
  inBatches(orders.customers, (n) => customer.run({ shop, id: idOf('c', n), platform: String(n + 1) }));
  const byTime = Int32Array.from({ length: orders.count }, (_, at) => at).sort(
    (a, b) => (orders.day[a] as number) - (orders.day[b] as number),
  );
  inBatches(orders.count, (n) => {
    const at = byTime[n] as number;
    const number = orders.day[at] as number;
    const day = dayOf.get(number) ?? new Date(number * DAY_MS).toISOString().slice(0, 10);
    dayOf.set(number, day);
    const net = orders.net[at] as number;
    order.run({
      shop,
      id: idOf('o', n),
      platform: String(at + 1),
      customer: idOf('c', orders.customer[at] as number),
      at: number * DAY_MS,
      day,
      net,
      tax: net - (orders.sales[at] as number),
      source: orders.channel[at] === 0 ? 'web' : 'pos',
    });
  });
  db.close();
}
