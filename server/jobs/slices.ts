import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from '../shared/logger.ts';
import { seldom } from '../shared/seldom.ts';
import type { Handler, Topic } from './jobs.port.ts';

type Options = {
  /** A shop makes room for others after this long. */
  sliceMs: number;
  logger: Logger;
  /** Takes a shop that was not finished, for whoever is free next. */
  later: (topic: Topic, shopId: number) => void;
};

/**
 * What one process works on of what all processes share: each shop serially per topic, a slice of time at once, the rest
 * left to a new wake-up.
 */
export function createSlices({ sliceMs, logger, later }: Options) {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const failed = seldom<{ err: unknown; topic: Topic; shop: number }>((facts) => logger.error(facts, 'a job failed'));
  // The work is its own: nothing of what it was called from goes with it.
  const detached = AsyncLocalStorage.snapshot();
  let stopping = false;

  const work = async (topic: Topic, shopId: number, key: string, handle: Handler): Promise<void> => {
    const began = performance.now();
    const enough = (): boolean => stopping || performance.now() - began > sliceMs;
    do {
      again.delete(key);
      try {
        await handle(shopId, enough, () => stopping);
      } catch (err) {
        // The rows are still due: the next sweep tries again.
        failed({ err, topic, shop: shopId });
      }
    } while (again.has(key) && !enough());
    // In the same turn as the last look at `again`, or a wake-up in between would be lost.
    running.delete(key);
    if (again.delete(key) || enough()) later(topic, shopId);
  };

  return {
    /** Works on a shop; one that is in work here already gets one more look by the same hand. */
    take(topic: Topic, shopId: number, handle: Handler): Promise<void> {
      const key = `${topic}:${shopId}`;
      const before = running.get(key);
      if (before !== undefined) {
        again.add(key);
        return before;
      }
      const working = detached(() => work(topic, shopId, key, handle));
      running.set(key, working);
      return working;
    },
    /** Asks for one more look at a shop, if it is in work here. */
    lookAgain(topic: Topic, shopId: number): boolean {
      const key = `${topic}:${shopId}`;
      const mine = running.has(key);
      if (mine) again.add(key);
      return mine;
    },
    isIdle: (): boolean => running.size === 0,
    /** Ends after the batches in hand; what is left goes to `later`. */
    async stop(): Promise<void> {
      stopping = true;
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
