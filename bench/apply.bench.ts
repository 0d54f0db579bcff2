// Orders fully applied a second: the app's own drain against a script of hand-written statements that writes the same
// rows (see apply.peer.ts). Both begin with copies of one filled inbox and have to end with the same database.
import { copyFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { startPostgres } from '../tools/postgres.ts';
import {
  answer,
  check,
  command,
  environment,
  machine,
  median,
  newShop,
  option,
  round,
  run,
  say,
  tempFolder,
} from './lib.ts';
import { SHOP } from './orders.ts';

const orders = option('size', 20_000);
const customers = Math.max(1, Math.round(orders * 0.3));
const rounds = option('rounds', 5);
const folder = tempFolder();

type Applied = { applied: number; seconds: number };

const fill = (env: NodeJS.ProcessEnv) => run('bench/apply.run.ts', ['fill', String(orders), String(customers)], env);

/** Sums that differ when a single row does; ids and the instants of applying are each side's own. */
const SUMS = {
  orders: 'net + placed_at % 1000003 + total + shipping + discount + length(placed_day || number || progress)',
  order_lines: 'line + quantity * unit_price + discount + length(title) + platform_id % 1000003',
  customers:
    'registered_at % 1000003 + updated_at % 1000003 + length(email || coalesce(phone, ?) || first_name || country)',
  customer_identities: 'length(kind || value)',
  customer_consents: 'at % 1000003 + length(evidence || source || state)',
  insight_dirty: 'length(customer_id)',
  customer_search: 'length(term)',
  points_transactions: 'seq * 7 + effective_at % 1000003 + length(kind || hash || input_hash) + rule_version',
  points_postings: 'seq * amount + line + coalesce(available_at, 0) % 1000003 + length(account)',
  points_lots: 'granted + available * 3 + available_at % 1000003 + length(rule)',
  points_accounts: 'available + lifetime_earned * 3 + seq * 7 + length(hash)',
  carts: 'completed_at % 1000003 + order_platform_id % 1000003 + total + length(token || lines)',
  inbox: `(state = 'applied') + attempts * 3 + length(body) + (customer_id IS NOT NULL)`,
  order_facts: 'at',
} as const;

function sumsOf(path: string): Record<string, string> {
  const db = new Sqlite(path, { readonly: true });
  const sums = Object.entries(SUMS).map(([table, sum]) => {
    const text = sum.replace('?', `''`);
    const row = db.prepare(`SELECT count(*) AS count, coalesce(sum(${text}), 0) AS sum FROM ${table}`).get();
    return [table, JSON.stringify(row)] as const;
  });
  db.close();
  return Object.fromEntries(sums);
}

/** Neither side may have left anything out. */
async function checkSame(ours: string, peer: string): Promise<Record<string, string>> {
  const [a, b] = [sumsOf(ours), sumsOf(peer)];
  for (const table of Object.keys(SUMS))
    check(a[table] === b[table], `${table}: ours ${a[table]}, the peer's ${b[table]}`);
  for (const path of [ours, peer]) {
    const { ok } = await command<{ ok: boolean }>(environment(`file:${path}`), 'ledger', 'verify', '--shop', SHOP);
    check(ok, `the ledger of ${path} does not verify`);
  }
  return a;
}

async function onSqlite() {
  const filled = `${folder}/filled.db`;
  const env = environment(`file:${filled}`);
  await newShop(env);
  await fill(env);
  const perOrder = { ours: [] as number[], peer: [] as number[] };
  let rows: Record<string, string> = {};
  for (let turn = 1; turn <= rounds; turn += 1) {
    const paths = { ours: `${folder}/ours.db`, peer: `${folder}/peer.db` };
    for (const side of ['ours', 'peer'] as const) {
      copyFileSync(filled, paths[side]);
      const script = side === 'ours' ? 'bench/apply.run.ts' : 'bench/apply.peer.ts';
      const { applied, seconds } = await run<Applied>(script, ['drain'], environment(`file:${paths[side]}`));
      check(applied === orders, `${side} applied ${applied} of ${orders}`);
      perOrder[side].push((seconds / orders) * 1e6);
      say(
        `${turn}/${rounds} ${side}: ${Math.round(orders / seconds)}/s, ${round((seconds / orders) * 1e6)} µs an order`,
      );
    }
    if (turn === 1) rows = await checkSame(paths.ours, paths.peer);
  }
  return { perOrder, rows };
}

async function onPostgres() {
  const postgres = await startPostgres({ durable: true });
  try {
    const env = environment(postgres.url);
    await newShop(env);
    await fill(env);
    const { applied, seconds } = await run<Applied>('bench/apply.run.ts', ['drain'], env);
    check(applied === orders, `${applied} of ${orders} applied on PostgreSQL`);
    say(`on PostgreSQL: ${Math.round(orders / seconds)}/s`);
    return { perSecond: round(orders / seconds), microsecondsPerOrder: round((seconds / orders) * 1e6) };
  } finally {
    await postgres.stop();
  }
}

const figures = (microseconds: number[]) => {
  const middle = median(microseconds);
  return {
    perSecond: round(1e6 / middle),
    microsecondsPerOrder: round(middle),
    rounds: microseconds.map((figure) => round(1e6 / figure)),
  };
};

const { perOrder, rows } = await onSqlite();
const [ours, peer] = [figures(perOrder.ours), figures(perOrder.peer)];
answer({
  ratio: round(ours.perSecond / peer.perSecond, 2),
  unit: 'orders a second',
  ours,
  peer,
  limit: null,
  postgres: await onPostgres(),
  orders,
  customers,
  lines: (JSON.parse(rows.order_lines ?? '{}') as { count?: number }).count,
  machine: machine(),
});
