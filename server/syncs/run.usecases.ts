import type { Database } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { Ids } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import type { Reactions } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import type { Shop } from '../shops/shops.types.ts';
import { shopOfId } from '../shops/shops.usecases.ts';
import { askSync, nextRereads, noteSync, type SyncKind, type SyncRow, shopsToSync, syncsOf } from './syncs.usecases.ts';

/** What a step of a reading answers: when to go on, in ms from now; null: it is done. */
export type Next = { inMs: number } | null;

/** How one platform is read. */
export type Reader = {
  /** Goes on with one reading of an installed shop. @throws AppError; a retryable one, or any other error, is tried again */
  step(shop: Shop, row: SyncRow, enough: () => boolean): Promise<Next>;
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

const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;
/** About a day of hourly attempts; the nightly pass begins anew. */
const MAX_ATTEMPTS = 30;

type Work = { reading: Reading; reader: Reader; shop: Shop; row: SyncRow };

/** Whether a failure may be gone the next time. */
const mayPass = (error: unknown, { passing }: Reader): boolean =>
  !isAppError(error) || error.retryable || passing.includes(error.code);

const note = ({ db, clock, ids, reactions }: Reading, shopId: number, kind: SyncKind, change: Partial<SyncRow>) =>
  db.transaction(async (tx) => noteSync(await openScope(tx, shopId, clock.now(), { ids, reactions }), kind, change), {
    shop: shopId,
  });

const rowOf = async (reading: Reading, shopId: number, kind: SyncKind): Promise<SyncRow | undefined> =>
  (await syncsOf(reading, shopId)).find((row) => row.kind === kind);

/**
 * Goes on with everything that a shop has to be read: subscriptions, history, noted orders, the nightly pass. A failure
 * that may pass is tried again later, one that will not stands in the row for the merchant.
 * @returns how many readings were gone on with
 */
export async function syncShop(reading: Reading, shopId: number, enough: () => boolean = () => false): Promise<number> {
  const shop = await shopOfId(reading, shopId);
  const reader = shop && reading.readers[shop.platform];
  if (!reader) return 0;
  let worked = 0;
  for (const { kind } of await syncsOf(reading, shopId)) {
    // Read anew: what came before may have asked for it.
    const row = await rowOf(reading, shopId, kind);
    if (!row || row.dueAt === null || row.dueAt > reading.clock.now()) continue;
    if (shop.state !== 'installed') {
      await note(reading, shopId, kind, { dueAt: null });
      continue;
    }
    worked += 1;
    await goOn({ reading, reader, shop, row }, enough);
    if (enough()) break;
  }
  return worked;
}

async function goOn(work: Work, enough: () => boolean): Promise<void> {
  const { reading, reader, shop, row } = work;
  const { kind, dueAt: due } = row;
  try {
    const next = await reader.step(shop, row, enough);
    const now = reading.clock.now();
    if (next !== null) return await note(reading, shop.id, kind, { dueAt: now + next.inMs });
    // Somebody may have asked again while it was worked on.
    const stored = await rowOf(reading, shop.id, kind);
    const asked = stored?.dueAt ?? null;
    const again = asked !== null && due !== null && asked > due;
    // Why it failed before is of no interest any more; what the reading itself has to say is.
    const outdated = row.errorCode !== null && stored?.reason === row.reason;
    const done = { errorCode: null, attempts: 0, finishedAt: now, ...(outdated && { reason: null }) };
    await note(reading, shop.id, kind, again ? done : { ...done, state: 'done', dueAt: null });
    // Only after that: an order noted since then has made the reading due itself.
    const left = kind === 'rereads' && (await nextRereads(reading, shop.id, 1)).length > 0;
    if (left) await note(reading, shop.id, kind, { state: 'waiting', dueAt: now });
  } catch (error) {
    await failed(work, error);
  }
}

async function failed({ reading, reader, shop, row }: Work, error: unknown): Promise<void> {
  const { kind } = row;
  // As it is stored: what it got done before it failed counts.
  const attempts = ((await rowOf(reading, shop.id, kind)) ?? row).attempts + 1;
  const now = reading.clock.now();
  reading.logger.warn({ err: error, shop: shop.id, kind, attempts }, 'reading from the platform did not go on');
  const errorCode = isAppError(error) ? error.code : 'internal';
  const reason = isAppError(error) ? error.message : 'Something went wrong here; it will be tried again.';
  // It goes on where it is as soon as an install brings new ones.
  if (reader.keysRefused.includes(errorCode)) return note(reading, shop.id, kind, { dueAt: null, errorCode, reason });
  const again = mayPass(error, reader) && attempts < MAX_ATTEMPTS;
  const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 10));
  const change = again ? { dueAt: now + wait } : { dueAt: null, state: 'failed' as const, finishedAt: now };
  await note(reading, shop.id, kind, { ...change, attempts, errorCode, reason });
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
