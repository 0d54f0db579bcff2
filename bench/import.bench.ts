// How fast a long history is imported, and in how much memory: a generated file through the operator's command, against
// the same file merely parsed. A ratio of 1 would mean that looking up, checking and storing cost nothing.
import { createWriteStream, existsSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { seededRandom } from '../server/shared/random.ts';
import {
  answer,
  check,
  command,
  environment,
  file,
  machine,
  newShop,
  option,
  round,
  run,
  say,
  tempFolder,
} from './lib.ts';
import { SHOP } from './orders.ts';

const orders = option('size', 300_000);
const customers = Math.max(1, Math.round(orders / 5));
const folder = tempFolder();
/** Real orders of a music shop, where the project was checked out beside its data. */
const CDNOW = file('../shared/data/cdnow_orders.csv.gz');

type Imported = {
  rows: number;
  orders: number;
  created: number;
  refused: number;
  seconds: number;
  peakMemoryMb: number;
};
type Parsed = Pick<Imported, 'rows' | 'seconds' | 'peakMemoryMb'>;

const START = Date.UTC(2022, 0, 1);
/** Orders made at a time: enough that compressing them is not one call for each. */
const PIECE = 500;

/** One to three line items an order, the order's fields repeated; seven minutes from one order to the next. */
function orderRows(number: number): string {
  const random = seededRandom(number + 1);
  const customer = 1 + random.whole(customers);
  const items = Array.from({ length: 1 + random.whole(3) }, () => ({
    product: 1 + random.whole(2_000),
    quantity: 1 + random.whole(3),
    price: 500 + random.whole(9_500),
  }));
  const money = (cents: number): string => (cents / 100).toFixed(2);
  const total = items.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  const at = `${new Date(START + number * 420_000).toISOString().slice(0, 19)}Z`;
  const order = [100_000 + number, customer, `customer-${customer}@example.com`, at, money(total), 'USD'].join(',');
  const cells = ({ product, quantity, price }: (typeof items)[number]) =>
    [`P${product}`, quantity, money(price), `"Product ${product}, boxed"`].join(',');
  return items.map((item) => `${order},${cells(item)}\n`).join('');
}

function* history(): Generator<string> {
  yield 'order_id,customer,email,created_at,total,currency,product,quantity,price,title\n';
  for (let at = 0; at < orders; at += PIECE) {
    const count = Math.min(PIECE, orders - at);
    yield Array.from({ length: count }, (_, index) => orderRows(at + index)).join('');
  }
}

/** Imports a file into a new database, and parses it alone before and after. */
async function measure(path: string, name: string) {
  const env = environment(`file:${folder}/${name}.db`);
  await newShop(env);
  const parsed = [await run<Parsed>('bench/import.limit.ts', [path], env)];
  const imported = await command<Imported>(env, 'import', 'orders', path, '--shop', SHOP, '--format', 'simple-csv');
  parsed.push(await run<Parsed>('bench/import.limit.ts', [path], env));
  const { rows, seconds, peakMemoryMb, refused, created } = imported;
  check(refused === 0 && created === imported.orders, `${refused} rows of ${name} were refused`);
  check(
    parsed.every((other) => other.rows === rows),
    `${rows} rows were imported, ${parsed[0]?.rows} parsed`,
  );
  const parsing = parsed.reduce((sum, other) => sum + other.seconds, 0) / parsed.length;
  say(`${name}: ${imported.orders} orders in ${seconds} s, ${peakMemoryMb} MB; parsed in ${round(parsing, 1)} s`);
  const perSecond = (time: number) => ({ rowsPerSecond: round(rows / time), ordersPerSecond: round(created / time) });
  const ours = { ...perSecond(seconds), seconds, peakMemoryMb };
  const limit = { ...perSecond(parsing), seconds: round(parsing, 2), peakMemoryMb: parsed[0]?.peakMemoryMb ?? null };
  return { ratio: round(parsing / seconds, 3), orders: created, rows, ours, limit };
}

const path = `${folder}/history.csv.gz`;
await pipeline(Readable.from(history()), createGzip({ level: 1 }), createWriteStream(path));
say(`a history of ${orders} orders: ${round(statSync(path).size / 2 ** 20)} MB compressed`);
const { ratio, rows, ours, limit } = await measure(path, 'generated');
const cdnow = existsSync(CDNOW) ? await measure(CDNOW, 'cdnow') : null;
// What is only parsed is peer and limit in one: nothing that stores can be faster.
answer({ ratio, unit: 'rows a second', ours, peer: limit, limit, orders, customers, rows, cdnow, machine: machine() });
