import { throttled } from './woocommerce.errors.ts';

/** What a process has asked of stores so far. Times in ms; `waitingMs`: at least one answer was outstanding. */
export type Traffic = { calls: number; waitingMs: number; politeMs: number };

/** A turn at a store: to be ended once, saying how it went. */
export type Turn = { end(outcome: { slow: boolean; restMs: number | null }): void };

export type Paces = {
  /** Waits until the store may be asked. @throws AppError woocommerce.throttled where it wants to be left alone for long */
  enter(store: string): Promise<Turn>;
  /** Traffic of all stores since the start. */
  traffic(): Traffic;
  /** How many stores are remembered. */
  known(): number;
};

type Options = {
  /** Epoch ms of real time. */
  now: () => number;
  sleep: (ms: number) => Promise<unknown>;
};

type Pace = {
  inFlight: number;
  waiting: (() => void)[];
  /** When the last turn began, or is to begin. */
  lastStart: number;
  /** The store asked to be left alone until then. */
  restUntil: number;
  /** Smoothed time of an answer, in ms. */
  answerMs: number;
  /** How many answers in a row said that it is too much. */
  strain: number;
};

const MAX_IN_FLIGHT = 2;
/** Of the time that an answer takes, the store has this share to itself between two beginnings. */
const GAP_SHARE = 0.25;
const MAX_GAP_MS = 2_000;
const STRAIN_GAP_MS = 250;
/** How much the newest answer counts. */
const NEWEST = 0.3;
/** Longer than this nobody waits here: it belongs to a job that is taken up again. */
export const MAX_REST_MS = 30_000;
/** One process does not ask one store for more at a time. */
const MAX_WAITING = 1_000;
/**
 * Stores that are remembered without being asked; what is forgotten is only how quick they were. By hand, and no LRUCache: a store
 * that is being asked must not be forgotten, however long ago its turn began.
 */
const MAX_STORES = 2_000;

/** Between two beginnings: longer for a store that is slow, and much longer for one that is in trouble. */
const gapOf = ({ answerMs, strain }: Pace): number => {
  const calm = answerMs * GAP_SHARE;
  const strained = strain === 0 ? 0 : STRAIN_GAP_MS * 2 ** Math.min(strain - 1, 4);
  return Math.min(MAX_GAP_MS, Math.max(calm, strained));
};

const fresh = (): Pace => ({
  inFlight: 0,
  waiting: [],
  lastStart: Number.NEGATIVE_INFINITY,
  restUntil: Number.NEGATIVE_INFINITY,
  answerMs: 0,
  strain: 0,
});

/**
 * Politeness to stores, many of which live on small shared machines: two requests in flight at a time, a gap between
 * beginnings that grows with how slowly the store answers, and rest where it asks for it. Shared by all who speak to it.
 */
export function createPaces({ now, sleep }: Options): Paces {
  const stores = new Map<string, Pace>();
  const sum: Traffic = { calls: 0, waitingMs: 0, politeMs: 0 };
  let outstanding = 0;
  let since = 0;

  const paceOf = (store: string): Pace => {
    const known = stores.get(store) ?? fresh();
    // The store asked last stands last.
    stores.delete(store);
    stores.set(store, known);
    for (const [name, { inFlight, waiting }] of stores) {
      if (stores.size <= MAX_STORES) break;
      if (inFlight === 0 && waiting.length === 0 && name !== store) stores.delete(name);
    }
    return known;
  };

  const place = async (pace: Pace): Promise<void> => {
    if (pace.inFlight < MAX_IN_FLIGHT) {
      pace.inFlight += 1;
      return;
    }
    if (pace.waiting.length >= MAX_WAITING) throw throttled(null);
    // Whoever ends hands its place over, so that nobody comes in between.
    await new Promise<void>((resolve) => pace.waiting.push(resolve));
  };

  const leave = (pace: Pace): void => {
    const next = pace.waiting.shift();
    if (next) next();
    else pace.inFlight -= 1;
  };

  const pause = async (pace: Pace): Promise<void> => {
    const from = now();
    const rest = pace.restUntil - from;
    if (rest > MAX_REST_MS) throw throttled(rest);
    const start = Math.max(from, pace.restUntil, pace.lastStart + gapOf(pace));
    pace.lastStart = start;
    if (start <= from) return;
    await sleep(start - from);
    sum.politeMs += now() - from;
  };

  const begin = (): number => {
    const at = now();
    if (outstanding === 0) since = at;
    outstanding += 1;
    sum.calls += 1;
    return at;
  };
  const finish = (): number => {
    const at = now();
    outstanding -= 1;
    if (outstanding === 0) sum.waitingMs += at - since;
    return at;
  };

  return {
    async enter(store) {
      const pace = paceOf(store);
      await place(pace);
      try {
        await pause(pace);
      } catch (error) {
        leave(pace);
        throw error;
      }
      const from = begin();
      return {
        end({ slow, restMs }) {
          const at = finish();
          pace.answerMs += (at - from - pace.answerMs) * NEWEST;
          pace.strain = slow ? pace.strain + 1 : Math.max(0, pace.strain - 1);
          if (restMs !== null) pace.restUntil = Math.max(pace.restUntil, at + restMs);
          leave(pace);
        },
      };
    },
    traffic: () => ({ ...sum, waitingMs: sum.waitingMs + (outstanding > 0 ? now() - since : 0) }),
    known: () => stores.size,
  };
}

/** All clients that share a way out share the politeness, and the count of what went through it. */
const shared = new WeakMap<object, Paces>();

/** The paces of everything that goes out by this way, made at its first use. */
export function pacesOf(way: object, options: Options): Paces {
  const known = shared.get(way) ?? createPaces(options);
  shared.set(way, known);
  return known;
}

/** What went out by this way so far: a bench tells by it how much of its time the store took. */
export const trafficOf = (way: object): Traffic =>
  shared.get(way)?.traffic() ?? { calls: 0, waitingMs: 0, politeMs: 0 };
