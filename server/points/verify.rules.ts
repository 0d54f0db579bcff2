import { chainHash, GENESIS, inputHash } from './ledger.rules.ts';
import {
  type AccountRow,
  isEarned,
  type Lot,
  type PostingRow,
  parseLotName,
  type TransactionRow,
} from './points.types.ts';

/** The first thing found wrong. `seq` 0: the customer's cached rows, not a transaction. */
export type BadTransaction = { customerId: string; seq: number; reason: string };

export type ChainState = {
  seq: number;
  hash: string;
  /** The newest instant at which anything was posted. */
  postedAt: number;
  lots: Map<string, Lot>;
  moved: Map<string, 'in' | 'out'>;
};

export const emptyChain = (): ChainState => ({ seq: 0, hash: GENESIS, postedAt: 0, lots: new Map(), moved: new Map() });

/**
 * Checks one transaction against its place in the chain and adds its postings to the customer's lots.
 * @returns what is wrong, or null
 */
export function step(state: ChainState, row: TransactionRow, postings: PostingRow[]): string | null {
  if (row.seq !== state.seq + 1) return `sequence ${row.seq} follows ${state.seq}`;
  if (postings.length < 2) return 'fewer than two postings';
  let sum = 0;
  for (const posting of postings) sum += posting.amount;
  if (sum !== 0) return `postings sum to ${sum}`;
  if (postings.some((posting, line) => posting.line !== line)) return 'a posting is missing';
  const lines = postings.map(({ account, lot, amount, availableAt, expiresAt, termEndsAt }) => ({
    account: account as never,
    lot: lot ?? '',
    amount,
    availableAt,
    expiresAt,
    termEndsAt,
  }));
  const draft = { ...row, kind: row.kind, postings: lines };
  if (inputHash(draft) !== row.inputHash) return 'the postings do not match the input hash';
  if (chainHash(state.hash, row) !== row.hash) return 'the hash does not match';
  state.seq = row.seq;
  state.hash = row.hash;
  state.postedAt = Math.max(state.postedAt, row.postedAt);
  for (const posting of postings) apply(state, posting);
  return null;
}

function apply({ lots, moved }: ChainState, posting: PostingRow): void {
  const name = posting.lot ?? '';
  const lot = lots.get(name) ?? { ...parseLotName(name), ...nothing() };
  lots.set(name, lot);
  if (posting.availableAt !== null) {
    lot.availableAt = posting.availableAt;
    lot.expiresAt = posting.expiresAt;
    lot.termEndsAt = posting.termEndsAt;
  }
  const { amount } = posting;
  if (posting.account === 'pending') lot.pending += amount;
  else if (posting.account === 'available') lot.available += amount;
  else if (posting.account === 'reserved') lot.reserved += amount;
  else if (posting.account === 'redeemed') lot.redeemed += amount;
  else if (posting.account === 'expired') lot.expired += amount;
  else if (posting.account === 'issued') lot.granted -= amount;
  else if (posting.account === 'transferred') moved.set(name, posting.availableAt === null ? 'out' : 'in');
  else if ((posting.account === 'revoked') === isEarned(lot)) lot.granted -= amount;
  else lot.removed += amount;
}

const nothing = () => ({
  granted: 0,
  pending: 0,
  available: 0,
  reserved: 0,
  redeemed: 0,
  removed: 0,
  expired: 0,
  availableAt: 0,
  expiresAt: null,
  termEndsAt: null,
});

/** Adds what another customer's chain knows of a lot that changed hands. */
export function joinLots(parts: readonly Lot[], owner: Lot): Lot {
  const total = { ...owner };
  for (const part of parts) {
    for (const name of ['granted', 'pending', 'available', 'reserved', 'redeemed', 'removed', 'expired'] as const) {
      total[name] += part[name];
    }
  }
  return total;
}

/** Balances as the lots say; head and sequence come from the chain. */
export function balancesOf(
  lots: readonly Lot[],
): Pick<AccountRow, 'pending' | 'available' | 'reserved' | 'lifetimeEarned'> {
  const sum = { pending: 0, available: 0, reserved: 0, lifetimeEarned: 0 };
  for (const lot of lots) {
    sum.pending += lot.pending;
    sum.available += lot.available;
    sum.reserved += lot.reserved;
    if (isEarned(lot)) sum.lifetimeEarned += lot.granted;
  }
  return sum;
}
