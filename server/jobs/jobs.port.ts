/** What can be waked for a shop. Rows hold the truth; a wake-up only says "look". */
export type Topic = 'inbox' | 'points' | 'insights';

/** Works off what one shop has due on a topic, in batches, each in one transaction with its effects. */
export type Handler = (shopId: number) => Promise<unknown>;

export type TopicWork = {
  handle: Handler;
  /** Shops with rows due now: what the sweep wakes, so that a lost wake-up costs one sweep interval at most. */
  due: () => Promise<number[]>;
};

/** A piece of work on a schedule, once a tick however many processes run. */
export type Scheduled = { name: string; cron: string; work: () => Promise<unknown> };

export type Jobs = {
  /** Looks at a shop's rows soon. Cheap; never throws. Call it after the commit: what is not committed is not seen. */
  wake(topic: Topic, shopId: number): void;
  /** Begins to work: sweeps once, then on schedule. */
  start(topics: Record<Topic, TopicWork>, schedule: Scheduled[]): Promise<void>;
  /** Ends after the work in hand; what is left stays in its rows. */
  stop(): Promise<void>;
  /** Resolves when nothing waked so far is left to do: for commands and tests. */
  idle(): Promise<void>;
};
