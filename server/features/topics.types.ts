/**
 * What can be waked for a shop: each feature adds its topics here, by `declare module`, so that a wake-up for a topic that
 * nobody works on does not compile. Rows hold the truth; a wake-up only says "look".
 */
// biome-ignore lint/suspicious/noEmptyInterface: features add to it.
export interface Topics {}
export type Topic = keyof Topics;

/**
 * Works off what one shop has due on a topic, in batches, each in one transaction with its effects. Between two batches
 * `enough` says whether to leave the rest to the next wake-up, which comes by itself: others are waiting, or the app stops.
 * `stopping` says only the latter: for what holds its row by a lease, and would have to begin again.
 */
export type Handler = (shopId: number, enough: () => boolean, stopping: () => boolean) => Promise<unknown>;

export type TopicWork = {
  handle: Handler;
  /** Shops with rows due now: what the sweep wakes, so that a lost wake-up costs one sweep interval at most. */
  due: () => Promise<number[]>;
};

/** A piece of work on a schedule, once a tick however many processes run. */
export type Scheduled = { name: string; cron: string; work: () => Promise<unknown> };
