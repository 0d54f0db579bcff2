import type { Database } from '../db/database.ts';
import { ordersByIds } from '../orders/history.usecases.ts';
import { reasonsOf } from '../shops/audit.usecases.ts';
import {
  accountsOfCustomers,
  countHolders,
  holdersAfter,
  postingsFromTo,
  postingsOfAll,
  transactionsBefore,
  transactionsByKey,
  transactionsByTime,
} from './figures.repository.ts';
import { ADJUSTS, type PostingRow, REVERSES, type TransactionRow } from './points.types.ts';

type Deps = { db: Database };

/** Points that some customers can spend, by customer; nobody without an account is among them. */
export async function availableOf({ db }: Deps, shopId: number, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = ids.length === 0 ? [] : await accountsOfCustomers(db.read, shopId, ids);
  return new Map(rows.map(({ customerId, available }) => [customerId, available]));
}

/** Customers with points that can be spent, behind one, by id, a page. */
export const membersWithPoints = ({ db }: Deps, shopId: number, after: string, limit: number): Promise<string[]> =>
  holdersAfter(db.read, shopId, after, limit);

/** How many customers have points that can be spent. */
export const countWithPoints = ({ db }: Deps, shopId: number): Promise<number> => countHolders(db.read, shopId);

const HELD = ['pending', 'available', 'reserved'] as const;
type Moved = Record<(typeof HELD)[number], number>;

const isHeld = (account: string): account is (typeof HELD)[number] => HELD.some((held) => held === account);

function movedBySeq(postings: readonly Moving[]): Map<number, Moved> {
  const moved = new Map<number, Moved>();
  for (const { seq, account, amount } of postings) {
    if (!isHeld(account)) continue;
    const sums = moved.get(seq) ?? { pending: 0, available: 0, reserved: 0 };
    sums[account] += amount;
    moved.set(seq, sums);
  }
  return moved;
}

/**
 * A customer's ledger before a line (exclusive; null: from the newest), newest first, a page: what each transaction did to
 * the three balances, and the reason where somebody gave one.
 */
export async function ledgerLines(
  { db }: Deps,
  shopId: number,
  customerId: string,
  before: number | null,
  limit: number,
) {
  const rows = await transactionsBefore(db.read, shopId, customerId, before ?? Number.MAX_SAFE_INTEGER, limit);
  const [newest, oldest] = [rows[0]?.seq, rows.at(-1)?.seq];
  if (newest === undefined || oldest === undefined) return [];
  return described({ db }, shopId, rows, await postingsFromTo(db.read, shopId, customerId, oldest, newest));
}

/**
 * The same by when it happened: a customer's lines before a place in (effective, seq), newest first, a page, each with the
 * number of its order. What went between `people`, who are one person by now, is left out.
 */
export async function linesBefore(
  { db }: Deps,
  shopId: number,
  of: { customerId: string; people: readonly string[] },
  place: { at: number; seq: number | null },
  limit: number,
) {
  const rows = await transactionsByTime(db.read, shopId, of, place, limit);
  if (rows.length === 0) return [];
  const seqs = rows.map(({ seq }) => seq);
  const lines = await described({ db }, shopId, rows, await postingsOfAll(db.read, shopId, of.customerId, seqs));
  const orders = await ordersByIds({ db }, shopId, [...new Set(lines.flatMap(({ orderId }) => orderId ?? []))]);
  return lines.map((line) => ({ ...line, orderNumber: orders.get(line.orderId ?? '')?.number ?? null }));
}

type Moving = Pick<PostingRow, 'seq' | 'account' | 'amount'>;

async function described(deps: Deps, shopId: number, rows: readonly TransactionRow[], postings: readonly Moving[]) {
  const moved = movedBySeq(postings);
  const { reasons, reversals } = await byHand(deps, shopId, rows);
  return rows.map(({ seq, kind, orderId, reference, idempotencyKey, effectiveAt, postedAt }) => {
    const adjustmentId = idBehind(ADJUSTS, idempotencyKey);
    return {
      seq,
      kind,
      orderId,
      effectiveAt,
      postedAt,
      ...(moved.get(seq) ?? { pending: 0, available: 0, reserved: 0 }),
      reason: (reference === null ? null : reasons.get(reference)) ?? null,
      adjustmentId,
      reversedBy: (adjustmentId === null ? null : reversals.get(adjustmentId)) ?? null,
      reverses: idBehind(REVERSES, idempotencyKey),
    };
  });
}

const idBehind = (prefix: string, key: string): string | null =>
  key.startsWith(prefix) ? key.slice(prefix.length) : null;

/** The reasons that were given for adjustments among some transactions, and what undid them, by adjustment. */
async function byHand({ db }: Deps, shopId: number, rows: readonly TransactionRow[]) {
  const made = rows.flatMap(({ idempotencyKey }) => idBehind(ADJUSTS, idempotencyKey) ?? []);
  const keys = made.map((id) => `${REVERSES}${id}`);
  const undone = keys.length === 0 ? [] : await transactionsByKey(db.read, shopId, keys);
  return {
    reasons: await reasonsOf({ db }, shopId, made),
    reversals: new Map(
      undone.map(({ idempotencyKey, reference }) => [idBehind(REVERSES, idempotencyKey), reference] as const),
    ),
  };
}
