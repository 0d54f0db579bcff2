import type { z } from 'zod';
import type { Scope } from '../shops/scope.ts';
import type { Shop } from '../shops/shops.types.ts';
import type { RetryPolicy } from '../work/retry.rules.ts';

/**
 * What a kind of effect is, for those who owe it: plain data, beside the feature. `payload` holds all that is needed to do it,
 * as JSON; it is emptied when its customer is erased, and some time after the end.
 */
export type EffectKind<P = unknown> = {
  /** `shopify.customer-tag`: also the beginning of every key. Never changed once rows have it. */
  name: string;
  payload: z.ZodType<P>;
  /**
   * The object in the world on which effects go in order, as parts of a key (see keys.rules.ts), the same for all kinds that
   * touch it: `['tag', customerId, fingerprint(tag)]`.
   */
  subjectOf(payload: P): readonly string[];
  /** It sets a state, so that a newer one on the same subject makes an older one needless; else each is an event of its own. */
  isState: boolean;
};

/** One attempt. `signal` ends it: well before the lease does. `key` is the same for every attempt. */
export type Call<P> = { shop: Shop; payload: P; key: string; attempt: number; signal: AbortSignal };

/** Why something is not done: a code, and a sentence for the merchant. */
export type Why = { code: string; reason: string };

/** `answer`: what the owner needs to know of it (an id at the provider). Refused: it will not have it, now or later. */
export type Performed = { outcome: 'done'; answer?: unknown } | ({ outcome: 'refused' } & Why);

export type Asked = { outcome: 'done'; answer?: unknown } | { outcome: 'not-done' } | { outcome: 'unknown' };

/** An effect as its owner sees it. `payload` is null once it was forgotten. */
export type Effect<P> = {
  id: string;
  key: string;
  payload: P | null;
  customerId: string | null;
  owner: { kind: string; id: string } | null;
};

/**
 * How an effect ended. `unwanted`: its reason had gone while it was under way, and it happened all the same.
 * `withdrawn` is told only for one that was withdrawn while under way and did not happen: of others who withdraws them knows.
 */
export type Ended =
  | { state: 'done'; answer: unknown; unwanted: Why | null }
  | ({ state: 'failed' } & Why)
  | ({ state: 'withdrawn' } & Why);

/**
 * How effects of one kind are done. A kind is **askable** (`ask`), **repeatable** (the provider takes a second request with
 * the same key for the first), both, or neither: then a lost answer leaves it to a person.
 */
export type EffectPort<P = unknown> = {
  kind: EffectKind<P>;
  /**
   * Does it; outside of any transaction.
   * @throws NotSent where it has surely not been done and may be later; any other error counts as a lost answer
   */
  perform(call: Call<P>): Promise<Performed>;
  /** Whether it was done. An error is as good as `unknown`. */
  ask?(call: Call<P>): Promise<Asked>;
  /** Whether the provider honours our key, for as long as `retry` goes on. */
  repeatable: boolean;
  /** When it is tried again, and for how long. */
  retry: RetryPolicy;
  /** Of one call; left out: 20 s. */
  timeoutMs?: number;
  /** After a lost answer, how long the provider may still be at it: neither asked nor repeated before. Left out: 30 s. */
  settleMs?: number;
  /**
   * Why nothing of this kind can be done in a shop for now (a scope that is not granted), which the merchant sees among the
   * shop's problems; null: it can. Reads only. What waits is looked at again hourly, and by `releaseEffects`.
   */
  waits?(scope: Pick<Scope, 'tx' | 'shop' | 'now'>): Promise<Why | null>;
  /** What the end means for its owner, in the transaction that records it. */
  onEnded?(scope: Scope, effect: Effect<P>, ended: Ended): Promise<void>;
  /** The most often that the world may see it happen, whatever breaks: what the battery holds it to. */
  mostSeen: number;
};

/** A port among others: what it is called with is checked by its kind's shape first. */
export type AnyPort = EffectPort;
