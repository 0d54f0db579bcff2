import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type TestClock, testClock } from '../../../shared/clock.ts';
import { createLogger } from '../../../shared/logger.ts';
import { createStoreFetch } from './store.fetch.ts';

export const KEYS = { key: 'ck_0123456789', secret: 'cs_9876543210' };

/** For tests only: what a client needs; waits are noted, not waited, and time stands still unless it is moved. */
export function clientDeps({ ca, clock = testClock() }: { ca?: string; clock?: TestClock } = {}) {
  const waits: number[] = [];
  const fetch = createStoreFetch({ allowPrivate: true, ...(ca === undefined ? {} : { ca }) });
  const sleep = async (ms: number) => void waits.push(ms);
  return { fetch, realClock: clock, sleep, waits, random: () => 0.5, logger: createLogger({ level: 'silent' }) };
}

const folder = fileURLToPath(new URL('../../../../../shared/samples/woocommerce', import.meta.url));

type Sample = { status: number; headers: Record<string, string>; body: unknown };

/** For tests only: whether true answers of stores are here to be tried. */
export const samplesPresent = existsSync(folder);

const sample = (name: string): Sample => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as Sample;

/** For tests only: an answer that a store gave, as `rest.order-404`; headers of the connection are left to our server. */
export function replayed(name: string): { status: number; headers: Record<string, string>; json: unknown } {
  const { status, headers, body } = sample(name);
  const kept = Object.entries(headers).filter(([header]) => !/^(connection|transfer-encoding|date)$/.test(header));
  return { status, headers: Object.fromEntries(kept), json: body };
}
