// The admin API over HTTP, in a process of its own: the numbers of a shop of a million orders for fifty callers at once, and
// finding one of a million customers, against the LIKE over all customers by which it would be found without an index.
import { Agent, get as httpGet } from 'node:http';
import Sqlite from 'better-sqlite3';
import { addKey } from '../server/api/keys.usecases.ts';
import { createCore } from '../server/app.ts';
import { processConfig } from '../server/config.ts';
import { sqlitePath } from '../server/db/sqlite.ts';
import { rebuildNumbers } from '../server/insights/rebuild.usecases.ts';
import { createLogger } from '../server/shared/logger.ts';
import { shopByName } from '../server/shops/shops.usecases.ts';
import { loadPeople } from './api.load.ts';
import { loadShop } from './kpis.load.ts';
import { BENCH_TO, makeOrders, random } from './kpis.orders.ts';
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
  startServer,
  tempFolder,
} from './lib.ts';
import { SHOP } from './orders.ts';

/** Customers to look for; a fifth of them have bought, some five times each. */
const people = option('size', 1_000_000);
const rounds = option('rounds', 30);
const CALLERS = 50;
const SEARCHES = 600;
const SEARCHERS = 4;

const p95 = (figures: readonly number[]): number =>
  [...figures].sort((a, b) => a - b)[Math.ceil(figures.length * 0.95) - 1] ?? Number.NaN;

const env = environment(`file:${tempFolder()}/api.db`, { ROLE: 'web' });
Object.assign(process.env, env);
await newShop(env);
const orders = makeOrders(Math.round(people / 5));
const core = await createCore(processConfig(), { logger: createLogger({ level: 'warn' }) });
const shop = await shopByName(core, SHOP);
await loadShop(core, shop.id, orders);
say(`${orders.count} orders of ${orders.customers} customers`);
const some = loadPeople(core, shop.id, { known: orders.customers, total: people });
say(`${people} customers to look for`);
await rebuildNumbers(core, shop.id, core.clock.now());
const keys: string[] = [];
for (let n = 0; n < CALLERS; n += 1) {
  keys.push((await addKey(core, shop.id, { name: `caller ${n}`, scope: 'read', actor: 'bench' })).key);
}
await core.db.close();
const server = await startServer('server/index.ts', [], env);
const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });

/** One request over a kept connection, its body read to the end. */
function ask(path: string, caller: number): Promise<{ ms: number; text: string }> {
  const began = performance.now();
  const headers = { authorization: `Bearer ${keys[caller]}` };
  return new Promise((resolve, reject) => {
    httpGet({ host: '127.0.0.1', port: server.port, path: `/api/v1${path}`, agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const text = Buffer.concat(parts).toString();
        if (response.statusCode === 200) resolve({ ms: performance.now() - began, text });
        else reject(new Error(`${path}: ${response.statusCode} ${text}`));
      });
    }).on('error', reject);
  });
}

const page = `/kpis?from=2025-12-02&to=${BENCH_TO}`;
// Unmeasured: a process that runs has read its data, and noted the use of its keys.
for (let n = 0; n < CALLERS; n += 1) await ask(page, n);
const alone: number[] = [];
for (let n = 0; n < 20; n += 1) alone.push((await ask(page, n)).ms);
const kpis: number[] = [];
await Promise.all(
  keys.map(async (_key, caller) => {
    for (let n = 0; n < rounds; n += 1) {
      const { ms, text } = await ask(page, caller);
      if (n === 0) check((JSON.parse(text) as { orders: number }).orders > 0, 'the numbers are those of an empty shop');
      kpis.push(ms);
    }
  }),
);
say(
  `kpis: alone ${round(median(alone), 1)} ms, ${CALLERS} callers: median ${round(median(kpis), 1)} ms, p95 ${round(p95(kpis), 1)} ms`,
);

const next = random(5);
/** What merchants type: the beginning of an address, a name, a phone, or two names. */
const queries = Array.from({ length: SEARCHES }, () => {
  const { email, phone, firstName, lastName } = some[Math.floor(next() * some.length)] as (typeof some)[number];
  const kinds = [
    email,
    email.slice(0, 9),
    firstName,
    lastName,
    firstName.slice(0, 3),
    phone.slice(2, 9),
    `${firstName} ${lastName}`,
  ];
  return kinds[Math.floor(next() * kinds.length)] as string;
});
const searches: number[] = [];
const search = async (query: string, caller: number) => {
  const { ms, text } = await ask(`/customers?query=${encodeURIComponent(query)}`, caller);
  const { items, nextCursor } = JSON.parse(text) as { items: unknown[]; nextCursor: string | null };
  check(items.length > 0 || nextCursor !== null, `nobody was found by "${query}"`);
  return ms;
};
for (const query of queries.slice(0, 50)) await search(query, 0);
await Promise.all(
  Array.from({ length: SEARCHERS }, async (_, searcher) => {
    for (let n = searcher; n < queries.length; n += SEARCHERS)
      searches.push(await search(queries[n] as string, searcher));
  }),
);
say(`search: median ${round(median(searches), 1)} ms, p95 ${round(p95(searches), 1)} ms`);
agent.destroy();
await server.stop();

const db = new Sqlite(sqlitePath(processConfig().databaseUrl), { readonly: true });
const like = db.prepare(
  `SELECT id FROM customers WHERE shop_id = ? AND (email LIKE @q OR phone LIKE @q OR first_name LIKE @q OR last_name LIKE @q) ORDER BY id DESC LIMIT 26`,
);
const peers = queries.slice(0, 12).map((query) => {
  const began = performance.now();
  like.all(shop.id, { q: `%${query}%` });
  return performance.now() - began;
});
db.close();
answer({
  ratio: round(median(peers) / median(searches), 1),
  ours: {
    search: { unit: 'ms', callers: SEARCHERS, median: round(median(searches), 1), p95: round(p95(searches), 1) },
    kpis: {
      unit: 'ms',
      callers: CALLERS,
      asking: 'the same page',
      requests: kpis.length,
      alone: round(median(alone), 1),
      median: round(median(kpis), 1),
      p95: round(p95(kpis), 1),
    },
  },
  peer: {
    name: 'LIKE over the same customers, in process',
    median: round(median(peers), 1),
    p95: round(p95(peers), 1),
  },
  limit: {
    searchP95: 50,
    kpisP95: 100,
    held: p95(searches) <= 50 && p95(kpis) <= 100,
  },
  customers: people,
  orders: orders.count,
  machine: machine(),
});
