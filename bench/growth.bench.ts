// What applying an order costs in a shop of ten thousand orders and in one of a million: it has to be the same. The large
// shop is the small one a hundred times over, each copy under names of its own, in the same tables. And what it costs for a
// customer with ten orders and for one with ten thousand, while rules, tiers or spends make the other orders matter.
import { copyFileSync, rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { answer, check, environment, machine, median, newShop, option, round, run, say, tempFolder } from './lib.ts';

const SMALL = 10_000;
/** Orders of the large shop. */
const large = option('size', 1_000_000);
const rounds = option('rounds', 5);
const FRESH = 4_000;
/** Three customers in ten of the fresh orders are new. */
const [KNOWN, AMONG] = [3_000, 4_300];
const LIMIT = 1.2;

/** Orders of the customer with many. */
const MANY = 10_000;
const SITUATIONS = ['caps', 'nth', 'tiers', 'earned', 'spends'] as const;
const CUSTOMER_LIMIT = 1.3;

/** The columns of each table that name something: in a copy they get its number. */
const NAMES: Record<string, string[]> = {
  customers: ['id', 'platform_id', 'email'],
  customer_identities: ['value', 'customer_id'],
  customer_consents: ['customer_id'],
  orders: ['id', 'platform_id', 'number', 'customer_id', 'checkout_token'],
  order_lines: ['order_id', 'platform_id'],
  carts: ['token', 'order_platform_id'],
  points_transactions: ['customer_id', 'idempotency_key', 'order_id'],
  points_postings: ['customer_id', 'lot'],
  points_lots: ['source', 'customer_id'],
  points_accounts: ['customer_id'],
  insight_dirty: ['customer_id'],
  inbox: ['id', 'delivery_id', 'customer_id'],
};

/** Writes copies 1 … `copies` of every row; bodies of applied deliveries are not kept that long, so they stay away. */
function multiply(path: string, copies: number): void {
  const db = new Sqlite(path);
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -262144');
  for (const [table, names] of Object.entries(NAMES)) {
    const columns = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[];
    const copied = columns.map((name) => {
      if (name === 'body') return 'NULL';
      return names.includes(name)
        ? `CASE WHEN t.${name} IS NULL THEN NULL ELSE t.${name} || '-' || @copy END`
        : `t.${name}`;
    });
    db.exec(`CREATE TEMP TABLE source_${table} AS SELECT * FROM ${table}`);
    const insert = db.prepare(`INSERT INTO ${table} (${columns}) SELECT ${copied} FROM source_${table} t`);
    db.transaction(() => {
      for (let copy = 1; copy <= copies; copy += 1) insert.run({ copy });
    })();
    db.exec(`DROP TABLE source_${table}`);
    say(`${table}: ${String(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())} rows`);
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

const folder = tempFolder();
const paths = { small: `${folder}/small.db`, large: `${folder}/large.db` };
const env = (path: string) => environment(`file:${path}`);
const fill = (path: string, from: number, count: number, among: number) =>
  run('bench/apply.run.ts', ['fill', String(count), String(among), String(from)], env(path));
const drain = (path: string) =>
  run<{ applied: number; seconds: number; cpuSeconds: number }>('bench/apply.run.ts', ['drain'], env(path));

type Rounds = { few: number[]; many: number[] };

/** Microseconds of processor an order in one situation, for both kinds of customers. */
async function customerCase(situation: string) {
  const path = `${folder}/${situation}.db`;
  await newShop(env(path));
  const { few, many } = await run<Rounds>(
    'bench/growth.run.ts',
    [situation, String(MANY), '400', String(rounds)],
    env(path),
  );
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  say(`${situation}: ${round(median(many))} µs of processor an order, ${round(median(few))} with few orders`);
  const sides = { few: round(median(few)), many: round(median(many)) };
  return { ratio: round(median(many) / median(few), 2), cpuMicrosecondsPerOrder: sides };
}

const customers: Record<string, Awaited<ReturnType<typeof customerCase>>> = {};
for (const situation of SITUATIONS) customers[situation] = await customerCase(situation);
const worst = Math.max(...Object.values(customers).map((one) => one.ratio));

await newShop(env(paths.small));
await fill(paths.small, 0, SMALL, KNOWN);
check((await drain(paths.small)).applied === SMALL, 'the small shop is not whole');
copyFileSync(paths.small, paths.large);
multiply(paths.large, large / SMALL - 1);

/** Microseconds of processor an order, which other work on the machine moves less than the time on the clock. */
const perOrder = { small: [] as number[], large: [] as number[] };
const walls = { small: [] as number[], large: [] as number[] };
for (let turn = 0; turn < rounds; turn += 1) {
  for (const side of ['small', 'large'] as const) {
    await fill(paths[side], SMALL + turn * FRESH, FRESH, AMONG);
    const { applied, seconds, cpuSeconds } = await drain(paths[side]);
    check(applied === FRESH, `${side} applied ${applied} of ${FRESH}`);
    perOrder[side].push((cpuSeconds / FRESH) * 1e6);
    walls[side].push((seconds / FRESH) * 1e6);
    say(`${turn + 1}/${rounds} ${side}: ${round((cpuSeconds / FRESH) * 1e6)} µs of processor an order`);
  }
}
const figures = (microseconds: number[], wall: number[]) => ({
  cpuMicrosecondsPerOrder: round(median(microseconds)),
  microsecondsPerOrder: round(median(wall)),
  rounds: microseconds.map((figure) => round(figure)),
});
const ratio = median(perOrder.large) / median(perOrder.small);
answer({
  ratio: round(ratio, 2),
  ours: { orders: large, ...figures(perOrder.large, walls.large) },
  peer: { orders: SMALL, ...figures(perOrder.small, walls.small) },
  customers: { orders: MANY, peer: 10, ...customers },
  limit: {
    ratio: LIMIT,
    customers: CUSTOMER_LIMIT,
    held: ratio <= LIMIT && worst <= CUSTOMER_LIMIT,
  },
  machine: machine(),
});
