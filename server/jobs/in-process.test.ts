import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, expect, test, vi } from 'vitest';
import { createLogger } from '../shared/logger.ts';
import { createInProcessJobs } from './in-process.ts';
import { TOPICS } from './jobs.contract.ts';
import type { Jobs, Topic, TopicWork } from './jobs.port.ts';

const logger = createLogger({ level: 'silent' });
const idleTopic: TopicWork = { handle: async () => undefined, due: async () => [] };
const idleTopics = () => Object.fromEntries(TOPICS.map((topic) => [topic, idleTopic])) as Record<Topic, TopicWork>;
const started: Jobs[] = [];

async function jobsWith(inbox: Partial<TopicWork>): Promise<Jobs> {
  const jobs = createInProcessJobs({ logger });
  started.push(jobs);
  await jobs.start({ topics: { ...idleTopics(), inbox: { ...idleTopic, ...inbox } }, schedule: [] });
  return jobs;
}
afterEach(async () => {
  for (const jobs of started.splice(0)) await jobs.stop();
});

/** A handler that notes when it begins and ends, and ends when told. */
function gate() {
  const log: string[] = [];
  const open: (() => void)[] = [];
  const handle = (shopId: number) => {
    log.push(`begin ${shopId}`);
    return new Promise<void>((resolve) => {
      open.push(() => {
        log.push(`end ${shopId}`);
        resolve();
      });
    });
  };
  return { log, handle, finish: () => open.shift()?.() };
}

test('a shop is worked on serially; a wake-up meanwhile makes one more look', async () => {
  const { log, handle, finish } = gate();
  const jobs = await jobsWith({ handle });
  for (let times = 0; times < 5; times += 1) jobs.wake('inbox', 1);
  expect(log).toEqual(['begin 1']);
  finish();
  await vi.waitFor(() => expect(log).toEqual(['begin 1', 'end 1', 'begin 1']));
  finish();
  await jobs.idle();
  expect(log).toEqual(['begin 1', 'end 1', 'begin 1', 'end 1']);
});

test('shops are worked on in parallel', async () => {
  const { log, handle, finish } = gate();
  const jobs = await jobsWith({ handle });
  jobs.wake('inbox', 1);
  jobs.wake('inbox', 2);
  expect(log).toEqual(['begin 1', 'begin 2']);
  finish();
  finish();
  await jobs.idle();
});

test('a wake-up is never lost, however close to the end of the work it comes', async () => {
  for (let depth = 0; depth < 12; depth += 1) {
    let looks = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const jobs = await jobsWith({
      handle: () => {
        looks += 1;
        return looks === 1 ? promise : Promise.resolve();
      },
    });
    jobs.wake('inbox', 1);
    resolve();
    for (let turn = 0; turn < depth; turn += 1) await undefined;
    jobs.wake('inbox', 1);
    await jobs.idle();
    expect({ depth, looks }).toEqual({ depth, looks: 2 });
  }
});

test('work does not go on inside what whoever waked it was doing', async () => {
  const inside = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const jobs = await jobsWith({
    handle: async () => {
      seen.push(inside.getStore());
    },
  });
  inside.run('a transaction', () => jobs.wake('inbox', 1));
  await jobs.idle();
  expect(seen).toEqual([undefined]);
});

test('what waited before the start is found', async () => {
  const seen: number[] = [];
  const jobs = await jobsWith({
    due: async () => [3, 4],
    handle: async (shopId) => {
      seen.push(shopId);
    },
  });
  await jobs.idle();
  expect(seen).toEqual([3, 4]);
});

test('a failing job or sweep harms no other', async () => {
  const seen: number[] = [];
  const jobs = await jobsWith({
    due: () => Promise.reject(new Error('no database')),
    handle: async (shopId) => {
      seen.push(shopId);
      if (shopId === 1) throw new Error('broken shop');
    },
  });
  jobs.wake('inbox', 1);
  jobs.wake('inbox', 2);
  await jobs.idle();
  jobs.wake('inbox', 1);
  await jobs.idle();
  expect(seen).toEqual([1, 2, 1]);
});

test('a stop waits for the work in hand and takes nothing new', async () => {
  const { log, handle, finish } = gate();
  const jobs = await jobsWith({ handle });
  jobs.wake('inbox', 1);
  jobs.wake('inbox', 1);
  let stopped = false;
  const stop = jobs.stop().then(() => {
    stopped = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  finish();
  await stop;
  jobs.wake('inbox', 1);
  await jobs.idle();
  expect(log).toEqual(['begin 1', 'end 1']);
});

test('runs of the schedule are told, those that fail too, and who cannot be told harms none', async () => {
  const jobs = createInProcessJobs({ logger });
  started.push(jobs);
  const told: [string, boolean][] = [];
  const everySecond = { cron: '* * * * * *' };
  await jobs.start({
    topics: idleTopics(),
    schedule: [
      { ...everySecond, name: 'fine', work: async () => undefined },
      { ...everySecond, name: 'broken', work: () => Promise.reject(new Error('broken')) },
    ],
    onRan: async (name, { ok, seconds }) => {
      expect(seconds).toBeGreaterThanOrEqual(0);
      told.push([name, ok]);
      throw new Error('no database');
    },
  });
  const times = (name: string) => told.filter(([of]) => of === name).length;
  await vi.waitFor(() => expect(Math.min(times('fine'), times('broken'))).toBeGreaterThan(1), { timeout: 5_000 });
  expect(new Set(told.map(String))).toEqual(new Set(['fine,true', 'broken,false']));
});

test('before the start wake-ups are left to the sweep', async () => {
  const jobs = createInProcessJobs({ logger });
  jobs.wake('inbox', 1);
  await jobs.idle();
});
