import type { Database, Tx } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { inShop as inScope } from '../shops/scope.usecases.ts';
import type { Shop } from '../shops/shops.types.ts';
import { createHands } from './hands.ts';

/** What the engine knows of a row. `fence`: the claim that holds it; null: nobody does. */
export type Lease = { id: string; fence: string | null; attempts: number };

/** How rows stand in their table: given by the feature's repository, so that the engine knows no table. */
export type Queue<Row> = {
  leaseOf(row: Row): Lease;
  /** Rows to be taken up now, in the order in which they are: those that are due, and those whose lease is over. */
  due(db: Tx, shopId: number, now: number, limit: number): Promise<Row[]>;
  /** When the next row of the shop is to be taken up (due, or its lease over); null: none waits. Left out: the sweep finds it. */
  nextDue?(db: Tx, shopId: number): Promise<number | null>;
  find(tx: Tx, shopId: number, id: string): Promise<Row | null>;
  /** Notes who holds a row, until when, and how often it was taken up. */
  hold(scope: Scope, id: string, lease: { fence: string; until: number; attempts: number }): Promise<unknown>;
  /** Moves the end of a lease. */
  renew(scope: Scope, id: string, until: number): Promise<unknown>;
};

/** What work is given: its claim on the row. */
export type Hold<Row = unknown> = {
  /** As it was when the row was claimed. */
  shop: Shop;
  attempt: number;
  /** Ends a call (`callMs`) well before the lease does; without `callMs` never. */
  signal: AbortSignal;
  /** The app stops: work that takes long throws LetGo at its next good place. */
  stopping(): boolean;
  /**
   * Changes something in a transaction of the shop, if the row is still held, and renews the lease. `row` is as it is now.
   * @returns false where it is not: somebody else has it, and nothing was done
   */
  write(work: (scope: Scope, row: Row) => Promise<unknown>): Promise<boolean>;
};

export type Outcome<R> = { ok: true; result: R } | { ok: false; error: unknown };

/** Work on rows that takes longer than a transaction may, or speaks to others. */
export type Leased<Row, R> = {
  /** For the log. */
  name: string;
  queue: Queue<Row>;
  leaseMs: number;
  /** The longest that work may take; left out: work renews its lease for as long as it needs. */
  callMs?: (row: Row) => number;
  /**
   * In the claiming transaction, before a row is held. `dead`: whoever held it has not come back. false: it was settled here
   * (given up, withdrawn, put off), and must not be due any more.
   */
  admit(scope: Scope, row: Row, dead: boolean): Promise<boolean>;
  /** Outside of any transaction. */
  work(row: Row, hold: Hold<Row>): Promise<R>;
  /**
   * In one transaction, only if the row is still held: takes the row out of hand and records what came of it. `row` is as it
   * is now, `claimed` as it was when it was due.
   */
  settle(scope: Scope, row: Row, outcome: Outcome<R>, claimed: Row): Promise<unknown>;
  /** Outside of any transaction, once it is out of hand: `settled`, or found to be somebody else's. Clears away what is left. */
  clear?(row: Row, outcome: Outcome<R>, settled: boolean): Promise<unknown>;
};

export type Limits = {
  /** Rows of one shop in hand at once, in this process; one, while the shop's last one failed. */
  perShop: number;
  /** Rows in hand at once in this process. */
  perProcess: number;
  /** A look at a shop ends after this long; what is in hand then wakes the shop when it ends. */
  sliceMs: number;
  /** A look ends when nothing has come to an end for so long: slow calls go on, but keep no other shop waiting. */
  patienceMs: number;
};

/** For what is worked on to its end, one row of a shop after the other. */
export const ONE_BY_ONE: Limits = { perShop: 1, perProcess: Infinity, sliceMs: Infinity, patienceMs: Infinity };

export type EngineDeps = {
  db: Database;
  clock: Clock;
  ids: Ids;
  reactions: Reactions;
  logger: Logger;
  /** Asks for another look at a shop. Left out: only the sweep does. */
  wake?: (shopId: number) => void;
};

/** Thrown by work that lets its row go unfinished, because the app stops or the row is not its own any more. */
export class LetGo extends Error {}

/** The work took longer than it may: nobody knows what came of it. */
class TimedOut extends Error {}

/** What is left of a lease when a call ends at the latest: for recording what came of it. */
const MARGIN_MS = 5_000;
/** Farther away, the sweep finds it. */
const SOON_MS = 60_000;

/** As long as the jobs wait for what is in hand. */
const STOP_MS = 6_000;

const never = () => new AbortController().signal;

/**
 * Works on rows that are due: claims some in one transaction (fence, lease, attempt), works on each outside of any, and
 * settles each in one transaction if its fence still holds. A worker that comes too late changes nothing.
 */
export function createLeasedEngine<Row, R>(deps: EngineDeps, kind: Leased<Row, R>, limits: Limits) {
  const { db, clock, ids, logger } = deps;
  const { queue, leaseMs } = kind;
  const hands = createHands(limits, deps.wake);
  /** Fences of this process: where the clock is put ahead, a lease is over, but its worker is not dead. */
  const mine = new Set<string>();

  const inShop = <T>(shopId: number, work: (scope: Scope) => Promise<T>): Promise<T> => inScope(deps, shopId, work);

  type Claim = { row: Row; shop: Shop; id: string; fence: string; until: number; attempt: number };

  /** @returns what was claimed, and how many rows were looked at */
  const claim = (shopId: number, limit: number): Promise<{ claims: Claim[]; seen: number }> =>
    inShop(shopId, async (scope) => {
      const claims: Claim[] = [];
      let seen = 0;
      // Those of this process that outlived their lease stand in front, and are passed over.
      for (const row of await queue.due(scope.tx, shopId, scope.now, limit + mine.size)) {
        const { id, fence: before, attempts } = queue.leaseOf(row);
        if (before !== null && mine.has(before)) continue;
        if (claims.length === limit) break;
        seen += 1;
        if (!(await kind.admit(scope, row, before !== null))) continue;
        const lease = { fence: ids.next(), until: scope.now + leaseMs, attempts: attempts + 1 };
        await queue.hold(scope, id, lease);
        claims.push({ row, shop: scope.shop, id, fence: lease.fence, until: lease.until, attempt: lease.attempts });
      }
      return { claims, seen };
    });

  /** Does something to a row if the claim on it still holds. @returns whether it did */
  const whileHeld = (shopId: number, { id, fence }: Claim, work: (scope: Scope, row: Row) => Promise<unknown>) =>
    inShop(shopId, async (scope) => {
      const row = await queue.find(scope.tx, shopId, id);
      if (row === null || queue.leaseOf(row).fence !== fence) return false;
      await work(scope, row);
      return true;
    });

  const attempt = async (shopId: number, held: Claim, stopping: () => boolean): Promise<R> => {
    const { row, shop, until } = held;
    const most = Math.min(kind.callMs?.(row) ?? Infinity, until - clock.now() - MARGIN_MS);
    if (kind.callMs && most <= 0) throw new LetGo();
    const signal = kind.callMs ? AbortSignal.timeout(Math.floor(most)) : never();
    const write: Hold<Row>['write'] = (work) =>
      whileHeld(shopId, held, async (scope, now) => {
        await queue.renew(scope, held.id, scope.now + leaseMs);
        await work(scope, now);
      });
    const work = kind.work(row, { shop, attempt: held.attempt, signal, stopping, write });
    return kind.callMs ? within(signal, work) : work;
  };

  /** @returns whether it went well: never throws */
  const workOn = async (shopId: number, held: Claim, stopping: () => boolean): Promise<boolean> => {
    const facts = { shop: shopId, row: held.id, attempt: held.attempt };
    try {
      const outcome: Outcome<R> = await attempt(shopId, held, stopping).then(
        (result) => ({ ok: true, result }) as const,
        (error: unknown) => ({ ok: false, error }) as const,
      );
      const wentOn = outcome.ok || outcome.error instanceof LetGo;
      if (!wentOn) logger.warn({ ...facts, err: outcome.error }, `${kind.name}: an attempt failed`);
      const settled = await whileHeld(shopId, held, (scope, row) => kind.settle(scope, row, outcome, held.row));
      if (!settled) logger.warn(facts, `${kind.name}: came too late, somebody else has it`);
      await kind.clear?.(held.row, outcome, settled);
      return wentOn;
    } catch (err) {
      // What came of it is not recorded: whoever finds the dead lease goes by that.
      logger.error({ ...facts, err }, `${kind.name}: the outcome could not be recorded`);
      return false;
    } finally {
      mine.delete(held.fence);
    }
  };

  /** @returns work to begin, none if all that was due is settled; null: nothing is due */
  const find = async (shopId: number, limit: number, stopping: () => boolean) => {
    const [first] = await queue.due(db.read, shopId, clock.now(), 1);
    if (first === undefined) return null;
    const { claims, seen } = await claim(shopId, limit);
    if (seen === 0) return null;
    return claims.map((held) => () => {
      mine.add(held.fence);
      return workOn(shopId, held, stopping);
    });
  };

  const lookAgainInTime = async (shopId: number): Promise<void> => {
    if (!deps.wake || !queue.nextDue) return;
    const next = await queue.nextDue(db.read, shopId);
    const inMs = next === null ? Infinity : next - clock.now();
    // Something that ended while this look found nothing may be due again; what is in hand wakes the shop by itself.
    if (inMs <= 0 && !hands.isBusy(shopId)) deps.wake(shopId);
    else if (inMs > 0 && inMs < SOON_MS) hands.wakeIn(shopId, inMs);
  };

  return {
    /**
     * Works on a shop's due rows until none is left, its slice is over, or all that is in hand takes long: then those in
     * hand go on by themselves and wake the shop when they end.
     * @returns how many rows were taken up
     */
    async drain(shopId: number, enough = () => false, stopping = enough): Promise<number> {
      let worked = 0;
      await hands.look(shopId, async (room) => {
        const found = enough() ? null : await find(shopId, room, stopping);
        worked += found?.length ?? 0;
        return found;
      });
      await lookAgainInTime(shopId);
      return worked;
    },
    /** Resolves when nothing is in this process' hands any more. */
    idle: hands.idle,
    /** As idle, but not for long, and wakes no shop any more. What is still in hand then is found by its dead lease. */
    stop: () => hands.stop(STOP_MS),
  };
}

/**
 * Works on what takes long, one row of a shop after the other, each to its end: files, readings.
 * @param enough asked by the work at its good places (`hold.stopping`) and after each row, but not before the first: once it
 *   says so, the rest is left to whoever comes next
 * @returns how many rows were taken up
 */
export function workOneByOne<Row, R>(
  deps: EngineDeps,
  kind: Leased<Row, R>,
  shopId: number,
  enough = () => false,
): Promise<number> {
  let begun = false;
  let ends = false;
  const seesEnd = (): boolean => {
    ends ||= enough();
    return ends;
  };
  const work: typeof kind.work = (row, hold) => {
    begun = true;
    return kind.work(row, hold);
  };
  const engine = createLeasedEngine(deps, { ...kind, work }, ONE_BY_ONE);
  return engine.drain(shopId, () => begun && seesEnd(), seesEnd);
}

/** The work's result, unless the signal comes first: then it may go on, but nobody listens. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new TimedOut('It took too long.'));
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });
}
