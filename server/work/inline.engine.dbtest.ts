import { afterEach, beforeEach, expect, test } from 'vitest';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { type Random, seededRandom } from '../shared/random.ts';
import { type Inline, workInline } from './inline.engine.ts';
import {
  addRows,
  endRow,
  findRow,
  mortal,
  passing,
  type Row,
  refusal,
  rowQueue,
  rowsNow,
  turns,
  updateRow,
} from './work.fixtures.ts';

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(() => world.close());

/** What becomes of a row is in its name. */
const FATES = ['fine', 'refused', 'broken', 'flaky', 'unreadable'] as const;
const IDS = Array.from({ length: 15 }, (_, index) => `${FATES[index % FATES.length]}-${index}`);

function rows(random: Random): Inline<Row> {
  return {
    name: 'row',
    batch: 4,
    retry: { pauses: [1_000, 5_000, 30_000], internal: 'It could not be done.' },
    due: rowQueue.due,
    stillDue: async (tx, shopId, { id }) => {
      const row = await findRow(tx, shopId, id);
      return row?.state === 'running' ? row : null;
    },
    attemptsOf: ({ attempts }) => attempts,
    about: ({ id }) => ({ row: id }),
    async work(scope, batch, fail) {
      for (const row of batch) {
        await turns(random.whole(2));
        if (row.id.startsWith('unreadable')) await fail(row, refusal());
        else await endRow(scope, row, 'done', null);
        // After it was written: what a failing row did is undone.
        if (row.id.startsWith('refused')) throw refusal();
        if (row.id.startsWith('broken')) throw new TypeError('a mistake');
        if (row.id.startsWith('flaky') && random.next() < 0.5) throw passing();
      }
      return { done: batch.length, readAgain: random.next() < 0.2, committed: () => undefined };
    },
    failed: async (tx, shopId, row, verdict) => {
      const scope = { tx, shop: { id: shopId } } as Parameters<typeof updateRow>[0];
      const attempts = row.attempts + 1;
      if (verdict.again) return updateRow(scope, row.id, { attempts, heldUntil: verdict.at });
      const end = { state: 'failed' as const, reason: verdict.reason, total: row.total + 1 };
      return updateRow(scope, row.id, { ...end, attempts });
    },
  };
}

test.each([1, 2, 3, 4, 5, 6])(
  'two workers that crash bring each row to one end, and none keeps another from its own (seed %i)',
  async (seed) => {
    const random = seededRandom(seed);
    await addRows(world, shop, IDS);
    const isOpen = async () => (await rowsNow(world, shop)).some(({ state }) => state === 'running');
    let deaths = 0;
    for (let rounds = 0; (await isOpen()) && rounds < 200; rounds += 1) {
      const workers = [1, 2].map(() => mortal(world, random, 0.06));
      await Promise.all(
        workers.map(({ deps }) =>
          workInline(deps, rows(random), shop, () => random.next() < 0.2).catch(() => undefined),
        ),
      );
      deaths += workers.filter(({ isDead }) => isDead()).length;
      world.clock.advance(random.whole(40_000));
    }
    const ended = await rowsNow(world, shop);
    expect(ended.map(({ total }) => total)).toEqual(IDS.map(() => 1));
    for (const { id, state, reason, attempts } of ended) {
      const fate = id.split('-')[0];
      if (fate === 'fine') expect([state, attempts]).toEqual(['done', 0]);
      if (fate === 'broken') expect([state, reason]).toEqual(['failed', 'It could not be done.']);
      if (fate === 'refused' || fate === 'unreadable')
        expect([state, reason, attempts]).toEqual(['failed', 'It will not have it.', 1]);
    }
    expect(deaths).toBeGreaterThan(0);
  },
  60_000,
);

test('what is left after the first batch waits where there is enough', async () => {
  await addRows(
    world,
    shop,
    Array.from({ length: 9 }, (_, index) => `fine-${index}`),
  );
  expect(await workInline(world, rows(seededRandom(1)), shop, () => true)).toBe(4);
  expect((await rowsNow(world, shop)).filter(({ state }) => state === 'running')).toHaveLength(5);
});

test('what had to be worked on one by one counts, too', async () => {
  await addRows(world, shop, ['fine-0', 'refused-1', 'fine-2']);
  expect(await workInline(world, rows(seededRandom(1)), shop)).toBe(3);
  const ended = (await rowsNow(world, shop)).map(({ id, state }) => [id, state]).sort();
  expect(ended).toEqual([
    ['fine-0', 'done'],
    ['fine-2', 'done'],
    ['refused-1', 'failed'],
  ]);
});
