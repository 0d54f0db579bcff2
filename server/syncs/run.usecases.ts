import type { Database } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import type { Shop } from '../shops/shops.types.ts';
import { shopOfId } from '../shops/shops.usecases.ts';
import { type Hold, type Leased, workOneByOne } from '../work/leased.engine.ts';
import { afterFailure, type RetryPolicy } from '../work/retry.rules.ts';
import { syncQueue, updateSync } from './syncs.repository.ts';
import { askSync, hasRereads, type SyncKind, type SyncRow, shopsToSync, syncsOf } from './syncs.usecases.ts';

/** What a step of a reading answers: when to go on, in ms from now; null: it is done. */
export type Next = { inMs: number } | null;

/** How one platform is read. */
export type Reader = {
  /**
   * Goes on with one reading of an installed shop, and keeps all that it reads through `hold`; `hold.stopping`: whether to leave
   * the rest for later. @throws AppError; a retryable one, or any other error, is tried again
   */
  step(row: SyncRow, hold: Hold<SyncRow>): Promise<Next>;
  /** Codes of failures that only a new install or new keys can mend: the reading waits for them. */
  keysRefused: readonly string[];
  /** Codes of failures that often pass, though the call as such need not be made again at once. */
  passing: readonly string[];
  /** What is wanted each night, besides what has failed. */
  nightly(known: readonly SyncRow[], now: number): readonly SyncKind[];
  /** What is wanted each hour. */
  hourly: readonly SyncKind[];
};

/** What reading from platforms needs, with a reader for each platform that is configured. */
export type Reading = {
  db: Database;
  clock: Clock;
  ids: Ids;
  reactions: Reactions;
  logger: Logger;
  readers: Partial<Record<Shop['platform'], Reader>>;
};

/** Whoever takes a reading up has it to themselves for so long after each sign of life. */
const HELD_MS = 60_000;
/** About a day of hourly attempts; the nightly pass begins anew. */
const PAUSES = [30, 60, 120, 240, 480, 960, 1_920, 3_600].map((seconds) => seconds * 1000);
const MOST_ATTEMPTS = 30;

const retryOf = ({ passing }: Reader): RetryPolicy => ({
  pauses: PAUSES,
  most: MOST_ATTEMPTS,
  hopeless: ({ retryable, code }) => !retryable && !passing.includes(code),
  speaks: () => true,
  internal: 'Something went wrong here; it will be tried again.',
});

/**
 * Goes on with everything that a shop has to be read: subscriptions, history, noted orders, the nightly pass. A failure
 * that may pass is tried again later, one that will not stands in the row for the merchant.
 * @returns how many readings were gone on with
 */
export async function syncShop(reading: Reading, shopId: number, enough?: () => boolean): Promise<number> {
  const shop = await shopOfId(reading, shopId);
  const reader = shop && reading.readers[shop.platform];
  return reader ? workOneByOne(reading, readings(reader), shopId, enough) : 0;
}

/** Readings, as the engine works on them. */
const readings = (reader: Reader): Leased<SyncRow, Next> => ({
  name: 'reading',
  queue: syncQueue,
  leaseMs: HELD_MS,
  async admit(scope, { kind }) {
    if (scope.shop.state === 'installed') return true;
    await updateSync(scope, kind, { dueAt: null, heldBy: null, heldUntil: null });
    return false;
  },
  work: (row, hold) => reader.step(row, hold),
  async settle(scope, row, outcome, claimed) {
    const change = outcome.ok
      ? await wentOn(scope, row, outcome.result, claimed)
      : failed(scope.now, row, outcome.error, reader);
    await updateSync(scope, row.kind, { ...change, heldBy: null, heldUntil: null });
  },
});

async function wentOn(scope: Scope, row: SyncRow, next: Next, claimed: SyncRow): Promise<Partial<SyncRow>> {
  if (next !== null) return { dueAt: scope.now + next.inMs };
  // Why it failed before is of no interest any more; what the reading itself has to say is.
  const outdated = claimed.errorCode !== null && row.reason === claimed.reason;
  const done = { errorCode: null, attempts: 0, finishedAt: scope.now, ...(outdated && { reason: null }) };
  if (row.kind === 'rereads' && (await hasRereads(scope))) return { ...done, state: 'waiting', dueAt: scope.now };
  // Somebody may have asked again while it was worked on.
  const again = row.dueAt !== null && claimed.dueAt !== null && row.dueAt > claimed.dueAt;
  return again ? done : { ...done, state: 'done', dueAt: null };
}

function failed(now: number, row: SyncRow, error: unknown, reader: Reader): Partial<SyncRow> {
  // Of the row as it is stored: what it got done before it failed counts.
  const attempts = row.attempts + 1;
  const { code: errorCode, reason, ...verdict } = afterFailure(retryOf(reader), { attempts }, error, now);
  // It goes on where it is as soon as an install brings new ones.
  if (reader.keysRefused.includes(errorCode)) return { dueAt: null, errorCode, reason };
  if (verdict.again) return { dueAt: verdict.at, attempts, errorCode, reason };
  return { dueAt: null, state: 'failed', finishedAt: now, attempts, errorCode, reason };
}

/** Shops with something to be read now. */
export const shopsToRead = ({ db, clock }: Pick<Reading, 'db' | 'clock'>): Promise<number[]> =>
  shopsToSync({ db }, clock.now());

/** Asks for some readings of a shop. @returns whether there was anything to ask for */
async function askFor(
  reading: Reading,
  shopId: number,
  wanted: (reader: Reader, now: number) => readonly SyncKind[],
): Promise<boolean> {
  const { db, clock, readers } = reading;
  return db.transaction(
    async (tx) => {
      const scope = await openScope(tx, shopId, clock.now(), reading);
      const reader = readers[scope.shop.platform];
      if (!reader || scope.shop.state !== 'installed') return false;
      const kinds = new Set(wanted(reader, scope.now));
      for (const kind of kinds) await askSync(scope, kind);
      return kinds.size > 0;
    },
    { shop: shopId },
  );
}

/**
 * The nightly look at a shop: changes that webhooks missed, the subscriptions, and what had failed.
 * @returns whether there is anything to look at: not in a shop that is not installed, or whose platform is not configured
 */
export async function askNightly(reading: Reading, shopId: number): Promise<boolean> {
  const known = await syncsOf(reading, shopId);
  const failures = known.filter(({ state }) => state === 'failed').map(({ kind }) => kind);
  return askFor(reading, shopId, (reader, now) => [...reader.nightly(known, now), ...failures]);
}

/** The hourly look at a shop, where its platform needs one. @returns as askNightly */
export const askHourly = (reading: Reading, shopId: number): Promise<boolean> =>
  askFor(reading, shopId, ({ hourly }) => hourly);
