import { expect, test, vi } from 'vitest';
import { seededRandom } from '../shared/random.ts';
import type { Handler, Jobs, Scheduled, Topic, TopicWork } from './jobs.port.ts';

export type Battery = {
  /** Jobs that have not begun; the same store for all of one test. */
  create(): Promise<Jobs>;
};

/** Topics that there are, for tests to wake. */
export const TOPICS: readonly Topic[] = ['inbox', 'points', 'insights', 'platform', 'imports', 'archives', 'effects'];

const idle: TopicWork = { handle: async () => undefined, due: async () => [] };

/** Every topic idle, but for what a test says. */
export function workOf(inbox: Partial<TopicWork>, schedule: Scheduled[] = []) {
  const topics = Object.fromEntries(TOPICS.map((topic) => [topic, idle])) as Record<Topic, TopicWork>;
  return { topics: { ...topics, inbox: { ...idle, ...inbox } }, schedule };
}

/** A handler that notes when it begins and ends, and ends when told. */
export function gate() {
  const log: string[] = [];
  const open = new Map<number, () => void>();
  const handle: Handler = (shopId) => {
    log.push(`begin ${shopId}`);
    return new Promise<void>((resolve) => {
      open.set(shopId, () => {
        log.push(`end ${shopId}`);
        open.delete(shopId);
        resolve();
      });
    });
  };
  return { log, handle, finish: (shopId: number) => open.get(shopId)?.() };
}

const soon = { timeout: 8_000, interval: 5 };

/** What every implementation of the port has to keep. */
export function jobsBattery({ create }: Battery): void {
  const started: Started = async (inbox) => {
    const jobs = await create();
    await jobs.start(workOf(inbox));
    return jobs;
  };
  takesTurns(started, create);
  losesNothing(started);
  beginsAndEnds(started, create);
}

type Started = (inbox: Partial<TopicWork>) => Promise<Jobs>;

function takesTurns(started: Started, create: Battery['create']): void {
  test('a shop is worked on serially; wake-ups meanwhile make one more look', async () => {
    const { log, handle, finish } = gate();
    const jobs = await started({ handle });
    jobs.wake('inbox', 1);
    await vi.waitFor(() => expect(log).toEqual(['begin 1']), soon);
    for (let times = 0; times < 50; times += 1) jobs.wake('inbox', 1);
    finish(1);
    await vi.waitFor(() => expect(log).toEqual(['begin 1', 'end 1', 'begin 1']), soon);
    finish(1);
    await jobs.idle();
    expect(log).toEqual(['begin 1', 'end 1', 'begin 1', 'end 1']);
  });

  test('a quick shop does not wait for a busy one', async () => {
    const { log, handle, finish } = gate();
    const jobs = await started({ handle });
    jobs.wake('inbox', 1);
    await vi.waitFor(() => expect(log).toEqual(['begin 1']), soon);
    jobs.wake('inbox', 1);
    jobs.wake('inbox', 2);
    await vi.waitFor(() => expect(log).toContain('begin 2'), soon);
    finish(2);
    finish(1);
    await vi.waitFor(() => expect(log.filter((line) => line === 'begin 1')).toHaveLength(2), soon);
    finish(1);
    await jobs.idle();
  });

  test('topics of one shop do not wait for each other', async () => {
    const { log, handle, finish } = gate();
    const jobs = await create();
    const { topics } = workOf({ handle });
    const points = vi.fn(async () => undefined);
    await jobs.start({ topics: { ...topics, points: { ...topics.points, handle: points } }, schedule: [] });
    jobs.wake('inbox', 1);
    jobs.wake('points', 1);
    await vi.waitFor(() => expect([log.length, points.mock.calls.length]).toEqual([1, 1]), soon);
    finish(1);
    await jobs.idle();
  });
}

function losesNothing(started: Started): void {
  test('no wake-up is lost, whenever it comes, and no shop is in two hands', async () => {
    const random = seededRandom(5);
    const rows = new Map<number, number>();
    const inWork = new Set<number>();
    let overlaps = 0;
    const jobs = await started({
      handle: async (shop) => {
        if (inWork.has(shop)) overlaps += 1;
        inWork.add(shop);
        rows.set(shop, 0);
        for (let turns = random.whole(6); turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
        inWork.delete(shop);
      },
    });
    for (let times = 0; times < 400; times += 1) {
      const shop = 1 + random.whole(6);
      rows.set(shop, (rows.get(shop) ?? 0) + 1);
      jobs.wake('inbox', shop);
      if (random.next() < 0.5) await new Promise((resolve) => setImmediate(resolve));
    }
    await jobs.idle();
    expect({ left: [...rows.values()].filter((count) => count > 0), overlaps }).toEqual({ left: [], overlaps: 0 });
  });

  test('what waited before the start is found', async () => {
    const seen: number[] = [];
    const jobs = await started({
      due: async () => [3, 4],
      handle: async (shop) => {
        seen.push(shop);
      },
    });
    await jobs.idle();
    expect(seen.sort()).toEqual([3, 4]);
  });

  test('a failing job or sweep harms no other, and the failing shop is looked at again', async () => {
    const seen: number[] = [];
    const jobs = await started({
      due: () => Promise.reject(new Error('no database')),
      handle: async (shop) => {
        seen.push(shop);
        if (shop === 1) throw new Error('broken shop');
      },
    });
    jobs.wake('inbox', 1);
    jobs.wake('inbox', 2);
    await jobs.idle();
    jobs.wake('inbox', 1);
    await jobs.idle();
    expect(seen.sort()).toEqual([1, 1, 2]);
  });
}

function beginsAndEnds(started: Started, create: Battery['create']): void {
  test('a stop waits for the batch in hand and takes nothing new', async () => {
    const { log, handle, finish } = gate();
    let asked: (() => boolean) | undefined;
    const jobs = await started({
      handle: (shop, enough, stopping) => {
        asked = () => enough() && stopping();
        return handle(shop, enough, stopping);
      },
    });
    jobs.wake('inbox', 1);
    await vi.waitFor(() => expect(log).toEqual(['begin 1']), soon);
    expect(asked?.()).toBe(false);
    let stopped = false;
    const stop = jobs.stop().then(() => {
      stopped = true;
    });
    await vi.waitFor(() => expect(asked?.()).toBe(true), soon);
    expect(stopped).toBe(false);
    finish(1);
    await stop;
    jobs.wake('inbox', 1);
    await jobs.idle();
    expect(log).toEqual(['begin 1', 'end 1']);
  });

  test('without work of its own it takes none, and before the start it leaves wake-ups to the sweep', async () => {
    const jobs = await create();
    jobs.wake('inbox', 1);
    await jobs.start(null);
    await jobs.idle();
  });
}
