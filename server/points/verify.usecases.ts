import type { Database, Tx } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import type { ScopeDeps } from '../shops/scope.ts';
import { inShop } from '../shops/scope.usecases.ts';
import { differs } from './ledger.rules.ts';
import { earliestDue, presentOf, spentUntil } from './lots.rules.ts';
import {
  accountIn,
  countRows,
  customersAfter,
  deleteAccount,
  lotsIn,
  postingsBetween,
  replaceAccount,
  replaceLots,
  spendSums,
  transactionsBetween,
} from './points.repository.ts';
import { type AccountRow, type Lot, lotName, type PostingRow } from './points.types.ts';
import { deleteAllRunning } from './running.repository.ts';
import { type BadTransaction, balancesOf, type ChainState, emptyChain, joinLots, step } from './verify.rules.ts';

export type Verification = {
  ok: boolean;
  transactions: number;
  postings: number;
  customers: number;
  firstBad?: BadTransaction;
};

/** Customers looked at in one go: some 20 ms of work, so a rebuild keeps nobody waiting. */
const PAGE = 100;

type Expected = { customerId: string; chain: ChainState; lots: Lot[] };
type Scan = { transactions: number; postings: number; customers: number; firstBad: BadTransaction | null };
type Check = (tx: Tx, expected: Expected) => Promise<string | null>;
type Run = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
type Progress = ((customers: number) => void) | undefined;

/**
 * Recomputes every sum, hash, lot and balance of a shop from its postings and names the first thing that is wrong.
 * @param onProgress called with the customers done so far
 */
export async function verifyLedger(
  { db }: { db: Database },
  shopId: number,
  onProgress?: Progress,
): Promise<Verification> {
  const scan = (tx: Tx) => wholeLedger(tx, shopId, onProgress);
  const first = await scan(db.read);
  // The app goes on posting while this reads; what looks wrong is looked at once more with the shop's writers waiting.
  return first.ok ? first : db.transaction(scan, { shop: shopId });
}

async function wholeLedger(db: Tx, shopId: number, onProgress: Progress): Promise<Verification> {
  const check: Check = (tx, expected) => mismatch(tx, shopId, expected);
  const { firstBad, ...counts } = await scanLedger((work) => work(db), shopId, onProgress, check);
  const bad = firstBad ?? strayRows(counts, await countRows(db, shopId));
  return bad === null ? { ok: true, ...counts } : { ok: false, ...counts, firstBad: bad };
}

/** Rows that belong to no chain: those of a transaction that was taken out, whose customer has nothing else. */
function strayRows(read: Omit<Scan, 'firstBad'>, all: { transactions: number; postings: number }) {
  for (const name of ['transactions', 'postings'] as const) {
    if (all[name] === read[name]) continue;
    return { customerId: '', seq: 0, reason: `${all[name]} ${name}, ${read[name]} of them in a chain` };
  }
  return null;
}

/**
 * Writes lots and balances anew from the postings, customer by customer; right rows stay as they are. What is kept of orders
 * that were gone through is made anew when they are next.
 */
export async function rebuildLedger(
  deps: ScopeDeps & { db: Database; clock: Clock },
  shopId: number,
  onProgress?: Progress,
): Promise<Verification> {
  const rewritten: string[] = [];
  const run: Run = (work) =>
    inShop(deps, shopId, async (scope) => {
      const done = await work(scope.tx);
      // The numbers may have been packed from what was wrong.
      for (const customerId of rewritten.splice(0)) await scope.tell({ kind: 'points-moved', customerId });
      return done;
    });
  await run((tx) => deleteAllRunning({ tx, shop: { id: shopId } }));
  const check: Check = async (tx, expected) => {
    if ((await mismatch(tx, shopId, expected)) === null) return null;
    await rewrite(tx, shopId, expected);
    rewritten.push(expected.customerId);
    return null;
  };
  const { firstBad, ...counts } = await scanLedger(run, shopId, onProgress, check);
  return firstBad ? { ok: false, ...counts, firstBad } : { ok: true, ...counts };
}

async function scanLedger(run: Run, shopId: number, onProgress: Progress, check: Check): Promise<Scan> {
  const scan: Scan = { transactions: 0, postings: 0, customers: 0, firstBad: null };
  /** Customers with lots that changed hands: what is theirs shows only when every chain was read. */
  const waiting: { customerId: string; chain: ChainState }[] = [];
  const compare = async (tx: Tx, expected: Expected) => {
    const reason = await check(tx, expected);
    if (reason !== null) scan.firstBad ??= { customerId: expected.customerId, seq: 0, reason };
  };
  let after: string | undefined = '';
  while (after !== undefined && !scan.firstBad) {
    const from: string = after;
    after = await run(async (tx) => {
      const customers = await customersAfter(tx, shopId, from, PAGE);
      const last = customers.at(-1);
      if (last === undefined) return undefined;
      const chains = await readChains(tx, shopId, from, last, scan);
      for (const customerId of customers) {
        const chain = chains.get(customerId) ?? emptyChain();
        scan.customers += 1;
        if (chain.moved.size > 0) waiting.push({ customerId, chain });
        else if (!scan.firstBad) await compare(tx, { customerId, chain, lots: [...chain.lots.values()] });
      }
      return last;
    });
    onProgress?.(scan.customers);
  }
  if (!scan.firstBad) {
    for (const { customerId, chain } of waiting) {
      const lots = ownedLots(chain, waiting);
      await run((tx) => compare(tx, { customerId, chain, lots }));
    }
  }
  return scan;
}

/** One page of whole chains, each transaction checked on the way. */
async function readChains(db: Tx, shopId: number, after: string, last: string, scan: Scan) {
  const chains = new Map<string, ChainState>();
  const postings = new Map<string, PostingRow[]>();
  for (const posting of await postingsBetween(db, shopId, after, last)) {
    const key = `${posting.customerId}/${posting.seq}`;
    const list = postings.get(key);
    if (list) list.push(posting);
    else postings.set(key, [posting]);
    scan.postings += 1;
  }
  for (const row of await transactionsBetween(db, shopId, after, last)) {
    const chain = chains.get(row.customerId) ?? emptyChain();
    chains.set(row.customerId, chain);
    scan.transactions += 1;
    const key = `${row.customerId}/${row.seq}`;
    const reason = step(chain, row, postings.get(key) ?? []);
    postings.delete(key);
    if (reason !== null) scan.firstBad ??= { customerId: row.customerId, seq: row.seq, reason };
  }
  for (const [{ customerId, seq }] of postings.values() as Iterable<[PostingRow]>) {
    scan.firstBad ??= { customerId, seq, reason: 'postings without their transaction' };
  }
  return chains;
}

/** What a customer holds in the end, of lots that changed hands: all that any chain says of them. */
function ownedLots(chain: ChainState, all: { chain: ChainState }[]): Lot[] {
  return [...chain.lots.values()].flatMap((lot) => {
    const name = lotName(lot);
    const fate = chain.moved.get(name);
    if (fate === 'out') return [];
    if (fate === undefined) return [lot];
    const others = all.flatMap((other) => (other.chain === chain ? [] : (other.chain.lots.get(name) ?? [])));
    return [joinLots(others, lot)];
  });
}

/** Compares the cached rows of one customer with what the postings say; null: the same. */
async function mismatch(db: Tx, shopId: number, { chain, lots, customerId }: Expected): Promise<string | null> {
  const known = await lotsIn(db, shopId, customerId);
  const account = await accountIn(db, shopId, customerId);
  if (!account) return chain.seq > 0 || known.length > 0 ? 'the account is missing' : null;
  if (chain.seq === 0) return 'the account was never posted to';
  if (account.seq !== chain.seq || account.hash !== chain.hash) return 'the account is not at the head of its chain';
  const balances = balancesOf(lots);
  for (const name of ['pending', 'available', 'reserved', 'lifetimeEarned'] as const) {
    if (balances[name] !== account[name]) return `${name} is ${account[name]}, the postings say ${balances[name]}`;
  }
  const byName = new Map(lots.map((lot) => [lotName(lot), lot]));
  for (const lot of known) {
    const expected = byName.get(lotName(lot));
    if (!expected || differs(expected, lot)) return `lot ${lotName(lot)} is not what the postings say`;
    byName.delete(lotName(lot));
  }
  if (byName.size > 0) return `lot ${[...byName.keys()][0]} is missing`;
  if (account.dueAt !== earliestDue(lots)) return `due at ${account.dueAt}, the lots say ${earliestDue(lots)}`;
  return spendsMismatch(await spendSums(db, shopId, customerId), account, lots);
}

type Sums = Awaited<ReturnType<typeof spendSums>>;

/** Spends say the same as the lots that paid for them. */
function spendsMismatch(sums: Sums, account: AccountRow, lots: Lot[]): string | null {
  const count = sums.reduce((sum, row) => sum + row.count, 0);
  if (account.spends !== count) return `${account.spends} spends, there are ${count}`;
  const amount = (state: string) => sums.find((row) => row.state === state)?.amount ?? 0;
  const spent = lots.reduce((sum, lot) => sum + lot.redeemed + lot.removed, 0);
  if (amount('reserved') !== account.reserved) return `spends hold ${amount('reserved')}, not ${account.reserved}`;
  if (amount('redeemed') !== spent) return `spends took ${amount('redeemed')}, the postings say ${spent}`;
  const { spentAt, reachedAt } = account;
  if (spentAt !== null && spentAt !== spentUntil(sums))
    return `spent at ${spentAt}, the spends say ${spentUntil(sums)}`;
  if (reachedAt === null || reachedAt >= reachOf(sums, lots)) return null;
  return `reached ${reachedAt}, lots and spends say ${reachOf(sums, lots)}`;
}

const reachOf = (sums: Sums, lots: Lot[]): number => presentOf(0, lots, sums);

async function rewrite(tx: Tx, shopId: number, { customerId, chain, lots }: Expected): Promise<void> {
  await replaceLots(tx, shopId, customerId, lots);
  if (chain.seq === 0) return deleteAccount(tx, shopId, customerId);
  const sums = await spendSums(tx, shopId, customerId);
  const { seq, hash } = chain;
  await replaceAccount(tx, {
    shopId,
    customerId,
    ...balancesOf(lots),
    spends: sums.reduce((sum, row) => sum + row.count, 0),
    dueAt: earliestDue(lots),
    spentAt: spentUntil(sums),
    reachedAt: Math.max(chain.postedAt, reachOf(sums, lots)),
    seq,
    hash,
  });
}
