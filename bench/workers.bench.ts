// How much more several worker processes apply than one: the full inboxes of many shops on PostgreSQL, every commit
// flushed, drained by 1, 2 and 4 processes in turn, each on a copy of the same database.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from '../tools/postgres.ts';
import { answer, check, environment, machine, median, option, round, run, say, startServer } from './lib.ts';

const SHOPS = 16;
const WORKERS = [1, 2, 4] as const;
const LATEST_MS = 150_000;

const orders = option('size', 4_800);
const rounds = option('rounds', 3);
const perShop = Math.max(1, Math.round(orders / SHOPS));
const total = perShop * SHOPS;

const named = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href;

async function ask<T>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Orders a second between the first and the last tenth, so that neither starting nor the last shop's tail counts. */
async function drain(url: string, count: number): Promise<number> {
  const watch = new pg.Client({ connectionString: url });
  await watch.connect();
  const env = environment(url, { ROLE: 'worker' });
  const workers = await Promise.all(Array.from({ length: count }, () => startServer('server/index.ts', [], env)));
  const began = performance.now();
  let first: { at: number; applied: number } | undefined;
  let last: { at: number; applied: number } | undefined;
  for (let applied = 0; applied < total; await sleep(50)) {
    check(performance.now() - began < LATEST_MS, `${count} workers applied ${applied} of ${total} in time`);
    const { rows } = await watch.query(`SELECT count(*) AS applied FROM inbox WHERE state = 'applied'`);
    applied = Number(rows[0].applied);
    if (applied > total * 0.1) first ??= { at: performance.now(), applied };
    if (applied < total * 0.9) last = { at: performance.now(), applied };
  }
  await Promise.all(workers.map((worker) => worker.stop()));
  const [{ orders: written } = { orders: '0' }] = await ask<{ orders: string }>(
    url,
    'SELECT count(*) AS orders FROM orders',
  );
  check(Number(written) === total, `${count} workers made ${written} orders of ${total}`);
  await watch.end();
  check(
    first !== undefined && last !== undefined && last.at > first.at,
    'there was too little to do: try a larger --size',
  );
  return first && last ? ((last.applied - first.applied) / (last.at - first.at)) * 1000 : Number.NaN;
}

const postgres = await startPostgres({ durable: true });
try {
  await ask(postgres.url, 'CREATE DATABASE filled');
  await run('bench/workers.run.ts', [String(SHOPS), String(perShop)], environment(named(postgres.url, 'filled')));
  const rates = new Map<number, number[]>(WORKERS.map((count) => [count, []]));
  for (let turn = 1; turn <= rounds; turn += 1) {
    for (const count of WORKERS) {
      const name = `drained_${turn}_${count}`;
      await ask(postgres.url, `CREATE DATABASE ${name} TEMPLATE filled`);
      const rate = await drain(named(postgres.url, name), count);
      rates.get(count)?.push(rate);
      await ask(postgres.url, `DROP DATABASE ${name} WITH (FORCE)`);
      say(`${turn}/${rounds} ${count} workers: ${Math.round(rate)}/s`);
    }
  }
  const rate = (count: number): number => round(median(rates.get(count) ?? []));
  answer({
    ratio: round(rate(2) / rate(1), 2),
    unit: 'orders a second',
    ours: rate(2),
    peer: rate(1),
    limit: 2,
    perSecond: Object.fromEntries(WORKERS.map((count) => [count, rate(count)])),
    shops: SHOPS,
    orders: total,
    rounds,
    machine: machine(),
  });
} finally {
  await postgres.stop();
}
