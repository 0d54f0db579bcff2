import { afterEach, describe, expect, test, vi } from 'vitest';
import { dialect } from '../db/dialect.ts';
import { testWorld, type World } from '../db/testing.ts';
import { systemClock } from '../shared/clock.ts';
import { createInProcessJobs } from './in-process.ts';
import { gate, jobsBattery, TOPICS, workOf } from './jobs.contract.ts';
import type { Jobs, OnRan } from './jobs.port.ts';
import { createPgBossJobs } from './pg-boss.ts';

let world: World | undefined;
const made: Jobs[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((jobs) => jobs.stop()));
  await world?.close();
  world = undefined;
});

async function create(sliceMs?: number): Promise<Jobs> {
  world ??= await testWorld();
  const { logger, url } = world;
  const intervals = { cronMonitorIntervalSeconds: 1, cronWorkerIntervalSeconds: 1, max: 5 };
  const slices = sliceMs === undefined ? {} : { sliceMs };
  const jobs =
    dialect === 'postgres'
      ? createPgBossJobs({ url, logger, topics: TOPICS, intervals, ...slices })
      : createInProcessJobs({ logger });
  made.push(jobs);
  return jobs;
}

const soon = { timeout: 9_000, interval: 5 };

describe(`jobs on ${dialect}`, () => jobsBattery({ create }));

describe.runIf(dialect === 'postgres')('several processes', () => {
  test('start at once, and share shops without working on one together', async () => {
    const inWork = new Map<number, number>();
    const hands = new Map<number, number>();
    let overlaps = 0;
    const worker = async (number: number): Promise<Jobs> => {
      const jobs = await create();
      await jobs.start(
        workOf({
          handle: async (shop) => {
            if (inWork.has(shop)) overlaps += 1;
            inWork.set(shop, number);
            hands.set(number, (hands.get(number) ?? 0) + 1);
            for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
            inWork.delete(shop);
          },
        }),
      );
      return jobs;
    };
    const web = await create();
    await Promise.all([worker(1), worker(2), web.start(null)]);
    for (let round = 0; round < 30; round += 1) {
      for (let shop = 1; shop <= 12; shop += 1) web.wake('inbox', shop);
      await web.idle();
    }
    expect(overlaps).toBe(0);
    expect([...hands.keys()].sort()).toEqual([1, 2]);
  });

  test('a shop that takes long lets others have their turn, and is gone on with', async () => {
    const log: string[] = [];
    const jobs = await create(20);
    let left = 3;
    await jobs.start(
      workOf({
        handle: async (shop, enough) => {
          if (left === 0) return;
          left -= 1;
          log.push(`shop ${shop}`);
          await vi.waitFor(() => expect(enough()).toBe(true), soon);
        },
      }),
    );
    jobs.wake('inbox', 1);
    await vi.waitFor(() => expect(left).toBe(0), soon);
    await jobs.idle();
    expect(log).toEqual(['shop 1', 'shop 1', 'shop 1']);
  });

  test('what a stopped process leaves is taken over within seconds', async () => {
    const first = gate();
    const second = gate();
    const one = await create();
    await one.start(workOf({ handle: first.handle }));
    one.wake('inbox', 7);
    await vi.waitFor(() => expect(first.log).toEqual(['begin 7']), soon);
    const other = await create();
    await other.start(workOf({ handle: second.handle }));
    const stopped = one.stop();
    first.finish(7);
    await stopped;
    await vi.waitFor(() => expect(second.log).toEqual(['begin 7']), soon);
    second.finish(7);
    await other.idle();
  });

  test('a schedule whose work takes long keeps no other from its tick', async () => {
    const begun = new Set<string>();
    const all = Promise.withResolvers<void>();
    const scheduled = (name: string) => ({
      name,
      cron: '* * * * *',
      work: () => {
        begun.add(name);
        return all.promise;
      },
    });
    await (await create()).start(workOf({}, ['one', 'two', 'three'].map(scheduled)));
    try {
      await vi.waitFor(() => expect([...begun].sort()).toEqual(['one', 'three', 'two']), soon);
    } finally {
      all.resolve();
    }
  }, 20_000);

  test('each tick of a schedule comes to one of them, and a schedule that is gone ends', async () => {
    const ticks: number[] = [];
    const tick = { name: 'tick', cron: '* * * * *', work: async () => ticks.push(systemClock.now()) };
    const minute = (): number => Math.floor(systemClock.now() / 60_000);
    const begun = minute();
    const told: string[] = [];
    const onRan: OnRan = async (name, { ok }) => told.push(`${name} ${ok}`);
    for (const schedule of [[tick], [tick]]) await (await create()).start({ ...workOf({}, schedule), onRan });
    await vi.waitFor(() => expect(ticks.length).toBeGreaterThan(0), soon);
    // Both have looked at the clock several times more before this is judged.
    const looks = await cronLooks();
    await vi.waitFor(async () => expect(await cronLooks()).toBeGreaterThan(looks + 2_500), soon);
    expect(ticks.length).toBeLessThanOrEqual(minute() - begun + 1);
    // The sweep, which comes each minute, is not told.
    expect(told).toEqual(ticks.map(() => 'tick true'));
    await (await create()).start(workOf({}));
    expect(await query(`SELECT key FROM pgboss.schedule WHERE name = 'ticks' ORDER BY key`)).toEqual([
      { key: 'sweep' },
    ]);
  }, 20_000);
});

async function query(text: string): Promise<Record<string, unknown>[]> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: world?.url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** When the processes last looked whether a tick is due, in milliseconds. */
async function cronLooks(): Promise<number> {
  const [row] = await query('SELECT extract(epoch FROM cron_on) * 1000 AS at FROM pgboss.version');
  return Number(row?.at);
}
