import type { Database, Tx } from '../../../db/database.ts';
import { sha256Hex } from '../../../shared/canonical.ts';
import { unauthorised } from '../../../shared/errors.ts';
import { secretToken } from '../../../shared/ids.ts';
import {
  closeHandover,
  countFailure,
  dropHandovers,
  findHandover,
  type Handover,
  insertHandover,
} from './handovers.repository.ts';

export type { Handover } from './handovers.repository.ts';

/** Time to log in at the store and to approve. */
export const HANDOVER_MS = 3_600_000;
/** What became of it can be looked up for a day more. */
const KEPT_MS = 86_400_000;
/** A merchant who mends their store and tries again needs a few; nobody needs more. */
const MOST_FAILURES = 10;
const PIECE = 200;

/** Letters that survive every hop: WooCommerce decodes what it passes on. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Unknown, over, used: all the same to whoever asks. */
const unknown = () =>
  unauthorised(
    'woocommerce.handover',
    'This connection was not begun here, was used already, or is more than an hour old. Begin again.',
  );

/** Begins a handover of a store's keys; `now` is real time. @returns the token, which is kept nowhere */
export async function beginHandover(
  { db }: { db: Database },
  { storeUrl, locale, now }: { storeUrl: string; locale: 'en' | 'fa'; now: number },
): Promise<string> {
  const token = secretToken();
  const row = { tokenHash: sha256Hex(token), storeUrl, locale, state: 'open' as const, failures: 0, outcome: null };
  await db.transaction((tx) => insertHandover(tx, { ...row, createdAt: now, expiresAt: now + HANDOVER_MS }));
  return token;
}

/** The handover that a token stands for, as far as it is kept; null: none. */
export const handoverOf = async ({ db }: { db: Database }, token: unknown): Promise<Handover | null> =>
  typeof token === 'string' && TOKEN.test(token) ? findHandover(db.read, sha256Hex(token)) : null;

/** The handover of a token with which keys may come now. @throws AppError woocommerce.handover */
export async function openHandover(deps: { db: Database }, token: unknown, now: number): Promise<Handover> {
  const handover = await handoverOf(deps, token);
  const open = handover?.state === 'open' && handover.expiresAt > now && handover.failures < MOST_FAILURES;
  if (!handover || !open) throw unknown();
  return handover;
}

/** Uses a handover up, in the transaction that keeps the keys. @throws AppError woocommerce.handover: another was first */
export async function finishHandover(tx: Tx, { tokenHash }: Handover, now: number): Promise<void> {
  if (!(await closeHandover(tx, tokenHash, now))) throw unknown();
}

/** Notes why the keys that came did not do. The owner may mend it and approve again. */
export const noteFailure = ({ db }: { db: Database }, { tokenHash }: Handover, outcome: string): Promise<void> =>
  db.transaction((tx) => countFailure(tx, tokenHash, outcome));

/** Forgets handovers that ended a day ago; `now` is real time. @returns how many */
export async function forgetHandovers({ db }: { db: Database }, now: number): Promise<number> {
  for (let dropped = 0; ; ) {
    const piece = await db.transaction((tx) => dropHandovers(tx, now - KEPT_MS, PIECE));
    dropped += piece;
    if (piece < PIECE) return dropped;
  }
}
