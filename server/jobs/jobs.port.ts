/** What can be waked for a shop, each with a line in schedule.ts. Rows hold the truth; a wake-up only says "look". */
export const TOPICS = ['inbox', 'points', 'insights', 'platform', 'imports', 'archives', 'effects'] as const;
export type Topic = (typeof TOPICS)[number];

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

/** Is told of each run of the schedule: how long it took in seconds, and whether it went well. */
export type OnRan = (name: string, ran: { ok: boolean; seconds: number }) => Promise<unknown>;

export type Work = { topics: Record<Topic, TopicWork>; schedule: Scheduled[]; onRan?: OnRan };

export type Jobs = {
  /** Looks at a shop's rows soon. Cheap; never throws. Call it after the commit: what is not committed is not seen. */
  wake(topic: Topic, shopId: number): void;
  /** Begins to work: sweeps once, then on schedule. `null`: wakes the other processes and does no work itself. */
  start(work: Work | null): Promise<void>;
  /** Ends after the work in hand; what is left stays in its rows. */
  stop(): Promise<void>;
  /** Resolves when nothing waked so far is left to do: for commands and tests. */
  idle(): Promise<void>;
};
