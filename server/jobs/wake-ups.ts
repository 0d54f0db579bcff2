import { AsyncLocalStorage } from 'node:async_hooks';
import type { Topic } from './jobs.port.ts';

/** Between two messages of one topic: what comes meanwhile goes with the next. */
const PAUSE_MS = 50;
/** After a message that failed. What it said stays said: the next one repeats it. */
const RETRY_MS = 1_000;

export type WakeUps = {
  /** Tells the other processes soon. Never throws. */
  send(topic: Topic, shopId: number): void;
  /** Resolves when everything told so far is delivered, or could not be before `stop`. */
  sent(): Promise<void>;
  /** Delivers what waits, once, and takes nothing new. */
  stop(): Promise<void>;
};

type Options = { deliver: (topic: Topic, shops: number[]) => Promise<unknown>; onError: (error: unknown) => void };

/**
 * Gathers wake-ups, so that thousands of webhooks a second make some twenty messages. The first goes out at once; a shop
 * that is named again while its message is under way is named in the next one, since whoever works may have looked already.
 */
export function createWakeUps({ deliver, onError }: Options): WakeUps {
  const waiting = new Map<Topic, Set<number>>();
  const running = new Map<Topic, Promise<void>>();
  const pauses = new Set<() => void>();
  let stopped = false;
  // What is delivered is nobody's: nothing of the transaction or request that woke goes with it.
  const detached = AsyncLocalStorage.snapshot();

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const over = (): void => {
        clearTimeout(timer);
        pauses.delete(over);
        resolve();
      };
      const timer = setTimeout(over, ms);
      pauses.add(over);
    });

  /** @returns whether it got through */
  const message = async (topic: Topic, shops: Set<number>): Promise<boolean> => {
    const named = [...shops];
    shops.clear();
    try {
      await deliver(topic, named);
      return true;
    } catch (error) {
      for (const shop of named) shops.add(shop);
      onError(error);
      return false;
    }
  };

  const run = async (topic: Topic, shops: Set<number>): Promise<void> => {
    // The end of this turn: whatever is waked in it goes together.
    await new Promise((resolve) => setImmediate(resolve));
    while (shops.size > 0) {
      const through = await message(topic, shops);
      // What came while it was under way waits as well.
      if (!stopped) await pause(through ? PAUSE_MS : RETRY_MS);
      else if (!through) break;
    }
    running.delete(topic);
  };

  const sent = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running.values());
  };

  return {
    sent,
    send(topic, shopId) {
      if (stopped) return;
      const shops = waiting.get(topic) ?? new Set();
      waiting.set(topic, shops.add(shopId));
      if (!running.has(topic))
        running.set(
          topic,
          detached(() => run(topic, shops)),
        );
    },
    async stop() {
      stopped = true;
      for (const over of pauses) over();
      await sent();
    },
  };
}
