import type { Logger } from '../shared/logger.ts';
import type { Jobs, OnRan, Scheduled, Topic, TopicWork } from './jobs.port.ts';

/** Every minute: what was waked and lost is found again. */
export const SWEEP = '* * * * *';

/** Wakes every shop that has something due. A topic that cannot be asked keeps no other from being swept. */
export function sweepOf(topics: Record<Topic, TopicWork>, wake: Jobs['wake'], logger: Logger): () => Promise<void> {
  return async () => {
    for (const [topic, { due }] of Object.entries(topics) as [Topic, TopicWork][]) {
      try {
        for (const shopId of await due()) wake(topic, shopId);
      } catch (error) {
        logger.error({ err: error, topic }, 'a sweep failed');
      }
    }
  };
}

/** Runs one tick of a schedule and tells of it: a tick that fails is logged, and the next one comes. */
export async function runScheduled(job: Scheduled, logger: Logger, onRan?: OnRan): Promise<void> {
  const began = performance.now();
  let ok = true;
  try {
    await job.work();
  } catch (error) {
    ok = false;
    logger.error({ err: error, job: job.name }, 'a scheduled job failed');
  }
  try {
    await onRan?.(job.name, { ok, seconds: (performance.now() - began) / 1000 });
  } catch (error) {
    logger.error({ err: error, job: job.name }, 'a run of a scheduled job could not be noted');
  }
}
