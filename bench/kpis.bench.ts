// The whole dashboard for random ranges, no cached answer, against DuckDB, which computes the same numbers from the raw rows in memory.
// Both sides have to agree on every number that is compared. Then thirteen months at once, each of which has to say what the
// dashboard says of it, and a rebuild of the numbers from the orders.
import { createCore } from '../server/app.ts';
import { processConfig } from '../server/config.ts';
import { kpis } from '../server/insights/kpis.usecases.ts';
import { rebuildNumbers } from '../server/insights/rebuild.usecases.ts';
import { trend } from '../server/insights/trend.usecases.ts';
import { addDays } from '../server/shared/calendar.ts';
import { createLogger } from '../server/shared/logger.ts';
import { shopByName } from '../server/shops/shops.usecases.ts';
import { loadShop } from './kpis.load.ts';
import { BENCH_FROM, BENCH_TO, makeOrders, random } from './kpis.orders.ts';
import { openPeer, type PeerRange } from './kpis.peer.ts';
import { differences } from './kpis.same.ts';
import {
  answer,
  check,
  environment,
  machine,
  median,
  newShop,
  option,
  round,
  say,
  sizeName,
  tempFolder,
} from './lib.ts';
import { SHOP } from './orders.ts';

/** Customers; some five orders each. `--size=large` is a million. */
const customers = sizeName() === 'large' ? 1_000_000 : option('size', 200_000);
const rounds = option('rounds', 20);
const DAYS = 1_460;

/** Ranges of 7 days to four years, anywhere in the data. */
function ranges(count: number): PeerRange[] {
  const next = random(4_001);
  return Array.from({ length: count }, () => {
    const start = Math.floor(next() * (DAYS - 30));
    const length = 7 + Math.floor(next() * (DAYS - start - 7));
    return { from: addDays(BENCH_FROM, start), to: addDays(BENCH_FROM, start + length), window: 365 };
  });
}

const p95 = (figures: readonly number[]): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
};

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  const result = await work();
  return [result, performance.now() - began];
}

/** How long the main numbers of thirteen months take; void if a month is not what the dashboard says of it. */
async function monthsAtOnce(): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const [shown, ms] = await timed(() => trend(core, shop, { to: BENCH_TO, months: 13, window: whole.window - n }));
    times.push(ms);
    const month = shown.months[n % 13];
    if (!month) throw new Error('There are fewer months than were asked for.');
    const { from, to, key, orders, revenue, repeat_purchase_rate: rate, crr, customers: buyers } = month;
    const dashboard = await kpis(core, shop, { from, to, window: whole.window - n });
    const same = [dashboard.orders, dashboard.revenue, dashboard.repeat_purchase_rate, dashboard.crr[key]?.crr ?? null];
    check(
      [dashboard.customers, ...same].every((figure, at) => figure === [buyers, orders, revenue, rate, crr][at]),
      `the month ${key} is not what the dashboard says of it`,
    );
  }
  return median(times);
}

const env = environment(`file:${tempFolder()}/kpis.db`);
Object.assign(process.env, env);
await newShop(env);
const orders = makeOrders(customers);
say(`${orders.count} orders of ${customers} customers`);
const core = await createCore(processConfig(), { logger: createLogger({ level: 'warn' }) });
const shop = await shopByName(core, SHOP);
await loadShop(core, shop.id, orders);
const [, firstRebuild] = await timed(() => rebuildNumbers(core, shop.id, core.clock.now()));
say(`numbers made: ${round(firstRebuild)} ms`);
const [peer, loading] = await timed(() => openPeer(orders));
say(`DuckDB loaded: ${round(loading)} ms`);

const whole = { from: BENCH_FROM, to: BENCH_TO, window: 365 };
// Unmeasured: both sides have read their data, made their plans and warmed up, as in a process that runs.
const [mine, theirs] = [await kpis(core, shop, whole), await peer.numbers(whole)];
check(differences(mine, theirs).length === 0, differences(mine, theirs).slice(0, 5).join('; '));
for (const range of ranges(40)) await kpis(core, shop, range);
for (const range of ranges(3)) await peer.numbers(range);
const [, peerWhole] = await timed(() => peer.numbers(whole));

const ours: number[] = [];
const peers: number[] = [];
for (const range of ranges(rounds)) {
  const [numbers, ms] = await timed(() => kpis(core, shop, range));
  const [same, peerMs] = await timed(() => peer.numbers(range));
  check(differences(numbers, same).length === 0, `${range.from}: ${differences(numbers, same).slice(0, 5).join('; ')}`);
  ours.push(ms);
  peers.push(peerMs);
}
say(
  `ours: median ${round(median(ours), 1)} ms, p95 ${round(p95(ours), 1)} ms; DuckDB: median ${round(median(peers))} ms`,
);
const months = await monthsAtOnce();
say(`thirteen months at once: ${round(months, 1)} ms`);
const [, rebuild] = await timed(() => rebuildNumbers(core, shop.id, core.clock.now()));
peer.close();
await core.db.close();
answer({
  ratio: round(median(peers) / median(ours), 1),
  ours: {
    unit: 'ms a dashboard',
    median: round(median(ours), 1),
    p95: round(p95(ours), 1),
    rounds: ours.map((ms) => round(ms, 1)),
  },
  peer: { name: 'DuckDB in memory', median: round(median(peers), 1), p95: round(p95(peers), 1) },
  limit: { p95: 50, held: p95(ours) <= 50 },
  months: { unit: 'ms for the main numbers of thirteen months', median: round(months, 1) },
  rebuild: {
    ms: round(rebuild),
    fromNothingMs: round(firstRebuild),
    peerMs: round(loading + peerWhole),
    peerIs: 'DuckDB: loading the rows and one dashboard of the whole time',
    ratio: round(firstRebuild / (loading + peerWhole), 2),
    limit: 3,
  },
  orders: orders.count,
  customers,
  machine: machine(),
});
