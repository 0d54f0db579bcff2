// How much of the time that a WooCommerce store's history takes is ours: a store of 20,000 orders that answers a page in
// 300 ms (a fast one), read as after an install. Then, for all but `--size=small`, how much of a million orders a store that
// answers at once can hand over in a few minutes, and in how much memory (`--size=full` says so, too).
import {
  answer,
  check,
  environment,
  machine,
  option,
  round,
  run,
  say,
  sizeName,
  startServer,
  tempFolder,
} from './lib.ts';

const SMALL = 20_000;
const LARGE = 1_000_000;
const LATENCY_MS = 300;
/** The whole benchmark has ten minutes. */
const LONGEST_S = 450;
const LIMIT = { share: 0.1, peakMemoryMb: 300 };

type Read = { kind: string; state: string; count: number; refused: number; reason: string | null };
type Ran = { wallMs: number; cpuSeconds: number; peakMemoryMb: number; readings: Read[] };
type Account = { waitedMs: number; requests: number };

const folder = tempFolder();

async function measure(orders: number, latencyMs: number, name: string, seconds: number) {
  const env = environment(`file:${folder}/${name}.db`);
  const store = await startServer('bench/woo-import.store.ts', [orders, orders / 5, latencyMs].map(String), env);
  const url = `http://127.0.0.1:${store.port}`;
  const ran = await run<Ran>('bench/woo-import.run.ts', [url, String(seconds)], env);
  const { waitedMs, requests } = (await (await fetch(`${url}/account`)).json()) as Account;
  await store.stop();
  const read = ran.readings.find(({ kind }) => kind === 'orders');
  const wrong = ran.readings.filter(({ refused, state }) => refused > 0 || state === 'failed');
  check(wrong.length === 0, `${name}: ${JSON.stringify(wrong)}`);
  const done = read?.count ?? 0;
  const wall = ran.wallMs / 1000;
  say(`${name}: ${done} of ${orders} orders in ${round(wall, 1)} s, ${ran.peakMemoryMb} MB`);
  return {
    orders: done,
    of: orders,
    complete: read?.state === 'done',
    latencyMs,
    requests,
    seconds: round(wall, 1),
    waitedSeconds: round(waitedMs / 1000, 1),
    ownShare: round(Math.max(0, 1 - waitedMs / ran.wallMs), 3),
    ordersPerSecond: round(done / wall),
    cpuSeconds: round(ran.cpuSeconds, 1),
    peakMemoryMb: ran.peakMemoryMb,
  };
}

/** `--size=N` or `small`: the first part alone. */
const given = process.argv.some((argument) => argument.startsWith('--size'));
const orders = sizeName() === null ? option('size', SMALL) : SMALL;
const fast = await measure(orders, LATENCY_MS, 'store', LONGEST_S);
check(fast.complete, 'the history was not read to its end');
const large = given && sizeName() !== 'full' ? null : await measure(LARGE, 0, 'million', LONGEST_S);
// The store's time is what nobody can do without: ours comes on top of it, and may be a tenth.
answer({
  ratio: fast.ownShare,
  unit: 'share of the time in which no request was on its way',
  ours: { ...fast, ownSeconds: round(fast.seconds - fast.waitedSeconds, 2) },
  peer: { seconds: fast.waitedSeconds },
  limit: LIMIT,
  large,
  machine: machine(),
});
