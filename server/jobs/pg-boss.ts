import { type ConstructorOptions, PgBoss, type WorkOptions } from 'pg-boss';
import type { Logger } from '../shared/logger.ts';
import { seldom } from '../shared/seldom.ts';
import type { Jobs, OnRan, Scheduled, Topic } from './jobs.port.ts';
import { createSlices } from './slices.ts';
import { runScheduled, SWEEP, sweepOf } from './sweep.ts';
import { createWakeUps } from './wake-ups.ts';

/** Shops that one process works on at the same time, on each topic. */
const PARALLEL = 4;
/** A shop makes room for others after this long, well before its job would expire. */
const SLICE_MS = 15_000;
/** A stop waits this long for the batches in hand; then what they did is rolled back when the process ends. */
const STOP_MS = 6_000;
/** Asked for again after this long while a caller waits for idleness. */
const LOOK_MS = 25;

const TICKS = 'ticks';
/** Each minute: too often to be noted. */
const SWEEPING = 'sweep';

/**
 * One job waits and one is worked on for each shop, in all processes together. A process that dies is noticed by its
 * missing heartbeat; the one retry is for that.
 */
const QUEUE = {
  policy: 'stately',
  notify: true,
  retryLimit: 1,
  retryDelay: 1,
  heartbeatSeconds: 10,
  expireInSeconds: 60,
  deleteAfterSeconds: 60,
  retentionSeconds: 86_400,
} as const;
const TICK_QUEUE = { ...QUEUE, policy: 'exclusive', retryLimit: 0, expireInSeconds: 3_600 } as const;

/** A notice wakes whoever waits at once; asking now and then is for notices that got lost. */
const POLLING: WorkOptions = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 };

const OPTIONS: ConstructorOptions = {
  application_name: 'bazgasht jobs',
  max: 3,
  useListenNotify: true,
  // How soon a dead process is noticed, and how long finished jobs stand in the table.
  superviseIntervalSeconds: 5,
  monitorIntervalSeconds: 5,
  maintenanceIntervalSeconds: 60,
  cronMonitorIntervalSeconds: 10,
  cronWorkerIntervalSeconds: 2,
};

type Options = {
  url: string;
  logger: Logger;
  /** All that can be waked: each has a queue, in processes that do no work too. */
  topics: readonly Topic[];
  /** For tests: other intervals than those of production. */
  intervals?: ConstructorOptions;
  sliceMs?: number;
};

/** Jobs that any number of processes share through PostgreSQL, in a schema of their own (`pgboss`). */
export function createPgBossJobs({ url, logger, topics, intervals = {}, sliceMs = SLICE_MS }: Options): Jobs {
  const trouble = seldom<{ err: unknown }>((facts) => logger.warn(facts, 'the job queue has trouble'));
  let boss: PgBoss | null = null;

  const wakeUps = createWakeUps({
    deliver: async (topic, shops) => {
      const jobs = shops.map(String).map((shop) => ({ data: { shop }, singletonKey: shop, group: { id: shop } }));
      // A shop that waits already is left out by the queue's policy.
      await boss?.insert(topic, jobs);
    },
    onError: (err) => trouble({ err }),
  });
  const slices = createSlices({ sliceMs, logger, later: wakeUps.send });

  const wake: Jobs['wake'] = (topic, shopId) => {
    // In work right here: one more look by the same hand spares the way through the database.
    if (boss !== null && !slices.lookAgain(topic, shopId)) wakeUps.send(topic, shopId);
  };

  return {
    wake,
    async start(work) {
      const works = work !== null;
      const made = new PgBoss({ connectionString: url, ...OPTIONS, ...intervals, supervise: works, schedule: works });
      made.on('error', (err) => trouble({ err }));
      made.on('warning', ({ message }) => trouble({ err: message }));
      await made.start();
      for (const topic of topics) await made.createQueue(topic, QUEUE);
      await made.createQueue(TICKS, TICK_QUEUE);
      boss = made;
      if (work === null) return;
      const sweep = sweepOf(work.topics, wake, logger);
      const onRan: OnRan = async (name, ran) => (name === SWEEPING ? undefined : work.onRan?.(name, ran));
      await followSchedule(made, [{ name: SWEEPING, cron: SWEEP, work: sweep }, ...work.schedule], logger, onRan);
      await followTopics(made, topics, (topic, shopId) => slices.take(topic, shopId, work.topics[topic].handle));
      await sweep();
    },
    async stop() {
      if (boss === null) return;
      const stopped = boss;
      const ended = slices.stop();
      for (const queue of [...topics, TICKS]) await stopped.offWork(queue, { wait: false });
      await within(STOP_MS, ended);
      await within(STOP_MS, wakeUps.stop());
      await stopped.stop({ graceful: true, timeout: 1_000 });
      boss = null;
    },
    async idle() {
      for (;;) {
        await wakeUps.sent();
        if (boss === null || (slices.isIdle() && (await isEmpty(boss, topics)))) return;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    },
  };
}

async function followTopics(
  boss: PgBoss,
  topics: readonly Topic[],
  take: (topic: Topic, shopId: number) => Promise<void>,
): Promise<void> {
  const hands = topics.flatMap((topic) => Array.from({ length: PARALLEL }, () => topic));
  for (const topic of hands) {
    const hand: string = await boss.work<{ shop: string }>(
      topic,
      { ...POLLING, groupConcurrency: 1 },
      async ([job]) => {
        if (job !== undefined) await take(topic, Number(job.data.shop));
        // Asks for the next shop at once: by itself it would wait for a notice, or for its next look.
        boss.notifyWorker(hand);
      },
    );
  }
}

/** Each tick of each schedule comes to one process; one that another version of the app made, and this one lacks, ends. */
async function followSchedule(
  boss: PgBoss,
  schedule: readonly Scheduled[],
  logger: Logger,
  onRan: OnRan,
): Promise<void> {
  for (const { name, cron } of schedule)
    await boss.schedule(TICKS, cron, { name }, { key: name, singletonKey: name, tz: 'UTC' });
  for (const { key } of await boss.getSchedules(TICKS))
    if (!schedule.some(({ name }) => name === key)) await boss.unschedule(TICKS, key);
  // A hand for each: erasing a large shop, or a review of all, must not keep the sweep waiting.
  await boss.work<{ name: string }>(TICKS, { ...POLLING, localConcurrency: schedule.length }, async ([job]) => {
    const due = schedule.find(({ name }) => name === job?.data.name);
    if (due) await runScheduled(due, logger, onRan);
  });
}

/** Whether no process has a job of any topic in hand or before it. */
async function isEmpty(boss: PgBoss, topics: readonly Topic[]): Promise<boolean> {
  const text = `SELECT 1 FROM pgboss.job WHERE name = ANY($1) AND state < 'completed' LIMIT 1`;
  return (await boss.getDb().executeSql(text, [[...topics]])).rows.length === 0;
}

/** Resolves with the work, or after `ms` without it. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, ms);
  await Promise.race([work, late.promise]);
  clearTimeout(timer);
}
