import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from '../db/database.ts';
import { isDatabaseAway } from '../db/errors.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import { seldom } from '../shared/seldom.ts';
import { insertDelivery, type NewDelivery } from './inbox.repository.ts';

/** A verified delivery of a known shop. */
export type Incoming = { shopId: number; deliveryId: string; topic: string; body: Buffer; triggeredAt: number | null };

export type Receiver = {
  /** Resolves once the delivery is durable: `true` when it is new. Rejects when it could not be stored. */
  receive(delivery: Incoming): Promise<boolean>;
};

/** Deliveries in one transaction at most: bounds how long the first waits for the last. */
const GROUP = 256;
/** A group that goes on growing is closed this long after it was begun. */
const GATHER_MS = 2;

type Waiting = { row: NewDelivery; resolve: (fresh: boolean) => void; reject: (error: unknown) => void };

/**
 * Group commit: deliveries that come while a transaction is under way share the next one, so that one flush to disk makes
 * many durable. A group that fails is stored one by one, so a single bad delivery harms no other; unless the database is
 * away: then the platforms are told at once, and send again.
 */
export function createReceiver(deps: { db: Database; clock: Clock; ids: Ids; logger: Logger }): Receiver {
  const { db, clock, ids, logger } = deps;
  const trouble = seldom<{ err: unknown; deliveries: number }>((facts) =>
    logger.warn(facts, 'a group of deliveries could not be stored together'),
  );
  let waiting: Waiting[] = [];
  let running = false;
  // A group belongs to none of its deliveries: its log lines must not carry the request of the first.
  const detached = AsyncLocalStorage.snapshot();

  const store = (group: Waiting[]): Promise<boolean[]> =>
    db.transaction(async (tx) => {
      const fresh: boolean[] = [];
      for (const { row } of group) fresh.push(await insertDelivery(tx, row));
      return fresh;
    });

  const storeAlone = async (group: Waiting[], reason: unknown): Promise<void> => {
    trouble({ err: reason, deliveries: group.length });
    if (isDatabaseAway(reason)) {
      for (const { reject } of group) reject(reason);
      return;
    }
    for (const item of group) {
      await store([item]).then(([fresh]) => item.resolve(fresh === true), item.reject);
    }
  };

  const flush = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const group = waiting.slice(0, GROUP);
      waiting = waiting.slice(GROUP);
      try {
        const fresh = await store(group);
        for (const [index, item] of group.entries()) item.resolve(fresh[index] === true);
      } catch (error) {
        await storeAlone(group, error);
      }
    }
    running = false;
  };

  /**
   * Lets a group grow while each turn of the event loop brings more: senders that were answered together send together,
   * and a flush for the first few of them would make the others wait for one of their own.
   */
  const gather = (began: number, size: number): void => {
    const growing = waiting.length > size && waiting.length < GROUP;
    if (growing && performance.now() - began < GATHER_MS) setImmediate(gather, began, waiting.length);
    else void flush();
  };

  return {
    receive: ({ shopId, deliveryId, topic, body, triggeredAt }) =>
      new Promise((resolve, reject) => {
        const receivedAt = clock.now();
        const row = {
          shopId,
          id: ids.next(),
          deliveryId,
          topic,
          body,
          triggeredAt: triggeredAt ?? receivedAt,
          receivedAt,
        };
        waiting.push({ row, resolve, reject });
        // A lone delivery waits for nothing but the end of this turn of the event loop.
        if (!running) {
          running = true;
          detached(() => setImmediate(gather, performance.now(), 1));
        }
      }),
  };
}
