import { AsyncLocalStorage } from 'node:async_hooks';
import cron, { type ScheduledTask } from 'node-cron';
import type { Logger } from '../shared/logger.ts';
import type { Jobs, Topic, TopicWork } from './jobs.port.ts';
import { runScheduled, SWEEP, sweepOf } from './sweep.ts';

/**
 * Jobs in the app's own process: shops in parallel, each shop serially per topic. A wake-up that comes while its shop is
 * being worked on makes for one more look afterwards.
 */
export function createInProcessJobs({ logger }: { logger: Logger }): Jobs {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const tasks: ScheduledTask[] = [];
  let topics: Record<Topic, TopicWork> | null = null;
  // The work is its own: nothing of what whoever waked it was in the middle of, such as a transaction, goes with it.
  const detached = AsyncLocalStorage.snapshot();

  const work = async (topic: Topic, shopId: number, key: string): Promise<void> => {
    const stopping = (): boolean => topics === null;
    do {
      again.delete(key);
      try {
        await topics?.[topic].handle(shopId, stopping, stopping);
      } catch (error) {
        // The rows are still due: the next sweep tries again.
        logger.error({ err: error, topic, shop: shopId }, 'a job failed');
      }
    } while (again.has(key) && topics);
    // In the same turn as the last look at `again`, or a wake-up in between would be lost.
    running.delete(key);
  };

  const wake = (topic: Topic, shopId: number): void => {
    if (!topics) return;
    const key = `${topic}:${shopId}`;
    if (running.has(key)) {
      again.add(key);
      return;
    }
    running.set(
      key,
      detached(() => work(topic, shopId, key)),
    );
  };

  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running.values());
  };

  return {
    wake,
    idle,
    async start(work) {
      if (work === null) return;
      topics = work.topics;
      const sweep = sweepOf(work.topics, wake, logger);
      await sweep();
      // In UTC, as pg-boss has it: the same job runs at the same time on either database.
      const options = { noOverlap: true, timezone: 'UTC' };
      tasks.push(cron.schedule(SWEEP, sweep, options));
      for (const job of work.schedule)
        tasks.push(cron.schedule(job.cron, () => runScheduled(job, logger, work.onRan), options));
    },
    async stop() {
      topics = null;
      for (const task of tasks.splice(0)) await task.destroy();
      await idle();
    },
  };
}
