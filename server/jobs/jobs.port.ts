import type { Handler, Scheduled, Topic, TopicWork } from '../features/topics.types.ts';

// What features say of their work in the background.
export type { Handler, Scheduled, Topic, TopicWork };

/** Is told of each run of the schedule: how long it took in seconds, and whether it went well. */
export type OnRan = (name: string, ran: { ok: boolean; seconds: number }) => Promise<unknown>;

export type Work = { topics: Readonly<Record<Topic, TopicWork>>; schedule: readonly Scheduled[]; onRan?: OnRan };

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
