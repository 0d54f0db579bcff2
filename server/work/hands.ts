import { setImmediate as nextTurn } from 'node:timers/promises';

type Limits = { perShop: number; perProcess: number; sliceMs: number; patienceMs: number };

/** Finds at most so many pieces of work; null: there is none, or the rest is left to whoever looks next. */
type Find = (room: number) => Promise<(() => Promise<boolean>)[] | null>;

/** The work in hand in one process: how much of it at once, whose, and who is waked when some of it ends. */
export function createHands(limits: Limits, wake?: (shopId: number) => void) {
  const inHand = new Map<number, Set<Promise<void>>>();
  /** Shops that somebody looks at: that one sees by itself what ends. */
  const looking = new Set<number>();
  /** Shops whose last piece of work failed: one at a time, so that a dead platform takes up little. */
  const troubled = new Set<number>();
  const timers = new Map<number, NodeJS.Timeout>();
  /** Looks that wait for room, first come, first served. */
  const waiting: (() => void)[] = [];
  let total = 0;
  let stopped = false;

  const of = (shopId: number): ReadonlySet<Promise<void>> => inHand.get(shopId) ?? new Set();
  const free = (shopId: number): number => (troubled.has(shopId) ? 1 : limits.perShop) - of(shopId).size;

  const hasRoom = (): boolean => total < limits.perProcess && waiting.length === 0;

  const giveBack = (count: number): void => {
    total -= count;
    if (total < limits.perProcess) waiting.shift()?.();
  };

  /** Takes room for up to `most` pieces; waits in line where there is none. @returns for how many, at least one */
  const reserve = async (most: number): Promise<number> => {
    if (!hasRoom()) await new Promise<void>((go) => waiting.push(go));
    while (total >= limits.perProcess) await new Promise<void>((go) => waiting.unshift(go));
    const count = Math.min(most, limits.perProcess - total);
    total += count;
    if (total < limits.perProcess) waiting.shift()?.();
    return count;
  };

  const ended = (shopId: number, piece: Promise<void>, wentWell: boolean): void => {
    const pieces = inHand.get(shopId);
    pieces?.delete(piece);
    if (pieces?.size === 0) inHand.delete(shopId);
    if (wentWell) troubled.delete(shopId);
    else troubled.add(shopId);
    giveBack(1);
    if (!stopped && !looking.has(shopId)) wake?.(shopId);
  };

  /** Begins pieces of work, each of which says whether it went well and never throws. */
  const take = (shopId: number, work: readonly (() => Promise<boolean>)[]): void => {
    const pieces = inHand.get(shopId) ?? new Set();
    inHand.set(shopId, pieces);
    for (const begin of work) {
      const piece: Promise<void> = begin().then((wentWell) => ended(shopId, piece, wentWell));
      pieces.add(piece);
    }
    if (pieces.size === 0) inHand.delete(shopId);
  };

  /** One look for work, with room for it. */
  const once = async (shopId: number, find: Find): Promise<boolean> => {
    const room = await reserve(free(shopId));
    let used = 0;
    try {
      const found = await find(room);
      if (found === null) return false;
      used = found.length;
      take(shopId, found);
      return true;
    } finally {
      if (room > used) giveBack(room - used);
    }
  };

  /** Whether something of the shop's ended before patience did. */
  const someEnded = async (shopId: number): Promise<boolean> => {
    if (limits.patienceMs === Infinity) return Promise.race(of(shopId)).then(() => true);
    const late = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => late.resolve(false), limits.patienceMs);
    const moved = await Promise.race([...[...of(shopId)].map((piece) => piece.then(() => true)), late.promise]);
    clearTimeout(timer);
    return moved;
  };

  const idle = async (): Promise<void> => {
    while (inHand.size > 0) await Promise.all([...inHand.values()].flatMap((pieces) => [...pieces]));
  };

  return {
    isBusy: (shopId: number): boolean => of(shopId).size > 0,
    /** Looks for work of a shop, as long as there is some and others need not wait. */
    async look(shopId: number, find: Find): Promise<void> {
      const began = performance.now();
      looking.add(shopId);
      try {
        for (;;) {
          // Who has something in hand is waked when it ends, and need not stand in line.
          const goes = free(shopId) > 0 && (of(shopId).size === 0 || hasRoom());
          const more = goes && (await once(shopId, find));
          const busy = of(shopId).size > 0;
          if (!busy && !more) return;
          if (busy && performance.now() - began > limits.sliceMs) return;
          if (busy && (!more || free(shopId) <= 0 || !hasRoom()) && !(await someEnded(shopId))) return;
          // Others' turn: on SQLite one transaction follows another without a pause.
          await nextTurn();
        }
      } finally {
        looking.delete(shopId);
      }
    },
    /** Wakes a shop after a while, unless it is to be waked sooner already. */
    wakeIn(shopId: number, ms: number): void {
      if (stopped) return;
      clearTimeout(timers.get(shopId));
      const timer = setTimeout(() => {
        timers.delete(shopId);
        wake?.(shopId);
      }, ms);
      timer.unref();
      timers.set(shopId, timer);
    },
    idle,
    /** Wakes nobody any more, and waits for what is in hand, but no longer than this. */
    async stop(withinMs: number): Promise<void> {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, withinMs);
      await Promise.race([idle(), late.promise]);
      clearTimeout(timer);
    },
  };
}
