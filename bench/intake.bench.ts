// Webhooks taken in a second: ours stores each durably before it answers, Shopify's library for Express stores nothing.
// The limit is a bare node:http server that only checks the signature.
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { startPostgres } from '../tools/postgres.ts';
import {
  answer,
  check,
  environment,
  machine,
  median,
  newShop,
  option,
  round,
  run,
  say,
  startServer,
  tempFolder,
} from './lib.ts';
import type { LoadOptions, LoadResult } from './load.ts';

const CONNECTIONS = 32;
const MEASURE_MS = 4_000;
const rounds = option('rounds', 5);
const folder = tempFolder();
let series = 0;

/** One round of load on a server that is running. */
async function load(name: string, port: number, warmUpMs: number): Promise<LoadResult & { series: number }> {
  series += 1;
  const options: LoadOptions = {
    port,
    connections: CONNECTIONS,
    orders: option('size', 20_000),
    customers: 6_000,
    warmUpMs,
    measureMs: MEASURE_MS,
    series,
  };
  const result = await run<LoadResult>('bench/load.ts', [JSON.stringify(options)], environment('file:unused'));
  say(`${name}: ${result.perSecond}/s, p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms`);
  check(result.refused === 0 && result.accepted === result.sent, `${name} refused ${result.refused} deliveries`);
  return { ...result, series };
}

const likeSeries = (of: number): string => `${String(of).padStart(8, '0')}-%`;

/** Every delivery that was answered 200, and nothing else, has to be in the inbox, whole. */
function checkSqlite(path: string, { series: of, accepted }: { series: number; accepted: number }): void {
  const db = new Sqlite(path, { readonly: true });
  const statement = db.prepare('SELECT count(*) FROM inbox WHERE delivery_id LIKE ? AND length(body) > 3000').pluck();
  const kept = statement.get(likeSeries(of));
  db.close();
  check(kept === accepted, `${accepted} deliveries were answered 200, ${kept} are in the inbox`);
}

type Kind = 'ours' | 'peer' | 'limit';

/** Rounds of the three servers in turn, so that whatever else the machine does weighs on all. */
async function interleaved(): Promise<Record<Kind, LoadResult[]>> {
  const path = `${folder}/intake.db`;
  const env = environment(`file:${path}`, { ROLE: 'web' });
  await newShop(env);
  const servers = {
    ours: await startServer('server/index.ts', [], env),
    peer: await startServer('bench/intake.peer.ts', [], env),
    limit: await startServer('bench/intake.limit.ts', [], env),
  };
  const results: Record<Kind, LoadResult[]> = { ours: [], peer: [], limit: [] };
  for (let turn = 1; turn <= rounds; turn += 1) {
    for (const kind of ['ours', 'peer', 'limit'] as const) {
      const result = await load(`${turn}/${rounds} ${kind}`, servers[kind].port, 1_500);
      results[kind].push(result);
      if (kind === 'ours') checkSqlite(path, result);
    }
  }
  for (const server of Object.values(servers)) await server.stop();
  return results;
}

/** The same with applying in the same process, which then takes turns with taking in. */
async function withApply(): Promise<LoadResult> {
  const path = `${folder}/apply.db`;
  const env = environment(`file:${path}`, { ROLE: 'all' });
  await newShop(env);
  const server = await startServer('server/index.ts', [], env);
  const result = await load('with applying', server.port, 3_000);
  checkSqlite(path, result);
  await server.stop();
  return result;
}

/** Ours on a PostgreSQL server that makes every commit durable, on the same two cores. */
async function onPostgres(): Promise<LoadResult> {
  const postgres = await startPostgres({ durable: true });
  try {
    const env = environment(postgres.url, { ROLE: 'web' });
    await newShop(env);
    const server = await startServer('server/index.ts', [], env);
    const result = await load('on PostgreSQL', server.port, 3_000);
    await server.stop();
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    const found = await client.query('SELECT count(*) AS kept FROM inbox WHERE delivery_id LIKE $1', [
      likeSeries(result.series),
    ]);
    await client.end();
    check(Number(found.rows[0].kept) === result.accepted, 'a delivery answered 200 is not in the inbox');
    return result;
  } finally {
    await postgres.stop();
  }
}

const figures = ({ perSecond, p50Ms, p99Ms }: LoadResult) => ({ perSecond, p50Ms, p99Ms });

const middle = (results: LoadResult[]) => ({
  perSecond: round(median(results.map(({ perSecond }) => perSecond))),
  p50Ms: round(median(results.map(({ p50Ms }) => p50Ms)), 2),
  p99Ms: round(median(results.map(({ p99Ms }) => p99Ms)), 2),
  rounds: results.map(({ perSecond }) => perSecond),
});

const results = await interleaved();
const [ours, peer, limit] = [middle(results.ours), middle(results.peer), middle(results.limit)];
answer({
  ratio: round(ours.perSecond / peer.perSecond, 2),
  unit: 'webhooks a second',
  ours,
  peer,
  limit,
  shareOfLimit: round(ours.perSecond / limit.perSecond, 2),
  withApply: figures(await withApply()),
  postgres: figures(await onPostgres()),
  connections: CONNECTIONS,
  bodyBytes: 4_096,
  machine: machine(),
});
