import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { isAppError } from '../shared/errors.ts';
import { type Random, seededRandom } from '../shared/random.ts';
import { createLeasedEngine, type Hold, type Leased, LetGo } from './leased.engine.ts';
import { isSpent, pauseAfter, type RetryPolicy, refuses } from './retry.rules.ts';
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

const LEASE_MS = 60_000;
const RETRY: RetryPolicy = { pauses: [1_000, 30_000], most: 7, internal: 'It could not be done.' };
const LIMITS = { perShop: 2, perProcess: 3, sliceMs: Infinity, patienceMs: Infinity };
const IDS = Array.from({ length: 9 }, (_, index) => `row-${index}`);

/** An error that says whose it is. */
class Of extends Error {
  attempt: number;
  constructor(cause: unknown, attempt: number) {
    super('failed', { cause });
    this.attempt = attempt;
  }
}

/** Work of a few steps that is slow, fails and lets go as chance has it; `faults`: what must never be. */
function hazards(random: Random, faults: string[]): Leased<Row, number> {
  const step = async (row: Row, { attempt, write }: Hold<Row>): Promise<void> => {
    await turns(random.whole(4));
    if (random.next() < 0.15) world.clock.advance(random.whole(2 * LEASE_MS));
    const chance = random.next();
    if (chance < 0.05) throw new LetGo();
    if (chance < 0.1) throw refusal();
    if (chance < 0.2) throw passing();
    if (chance < 0.25) throw new TypeError('a mistake');
    const mine = await write(async (scope, now) => {
      if (now.attempts !== attempt) faults.push(`${row.id}: attempt ${attempt} wrote into ${now.attempts}`);
      await updateRow(scope, row.id, { done: now.done + 1 });
    });
    if (!mine) throw new LetGo();
  };
  return {
    name: 'row',
    leaseMs: LEASE_MS,
    queue: {
      ...rowQueue,
      async hold(scope, id, lease) {
        const row = await findRow(scope.tx, shop, id);
        if (row?.state !== 'running') faults.push(`${id}: taken up after its end`);
        if (row?.heldBy && row.heldUntil > scope.now) faults.push(`${id}: taken from a live holder`);
        await rowQueue.hold(scope, id, lease);
      },
    },
    async admit(scope, row) {
      if (!isSpent(RETRY, row.attempts)) return true;
      await endRow(scope, row, 'failed', RETRY.internal);
      return false;
    },
    async work(row, hold) {
      try {
        for (let left = random.whole(3); left >= 0; left -= 1) await step(row, hold);
        return hold.attempt;
      } catch (error) {
        throw error instanceof LetGo ? error : new Of(error, hold.attempt);
      }
    },
    async settle(scope, row, outcome) {
      const { error } = outcome.ok ? { error: null } : outcome;
      const attempt = outcome.ok ? outcome.result : error instanceof Of ? error.attempt : row.attempts;
      if (row.attempts !== attempt) faults.push(`${row.id}: attempt ${attempt} settled ${row.attempts}`);
      if (row.state !== 'running') faults.push(`${row.id}: settled after its end`);
      if (outcome.ok) return endRow(scope, row, 'done', null);
      const cause = error instanceof Of ? error.cause : null;
      if (isAppError(cause) && refuses(cause)) return endRow(scope, row, 'failed', cause.message);
      const pause = error instanceof LetGo ? 0 : pauseAfter(RETRY, row.attempts);
      return updateRow(scope, row.id, { heldBy: null, heldUntil: scope.now + pause });
    },
  };
}

describe('two workers that crash, tarry and fail, while the clock jumps', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'bring each row to one end, and no late one changes anything (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const faults: string[] = [];
      await addRows(world, shop, IDS);
      const born = (chance: number) => {
        const { deps, isDead } = mortal(world, random, chance);
        return { isDead, engine: createLeasedEngine(deps, hazards(random, faults), LIMITS) };
      };
      const isOpen = async () => (await rowsNow(world, shop)).some(({ state }) => state === 'running');
      let workers = [born(0.06), born(0.06)];
      let deaths = 0;
      let rounds = 0;
      for (; (await isOpen()) && rounds < 200; rounds += 1) {
        const drains = workers.map(({ engine }) => engine.drain(shop).catch(() => undefined));
        await Promise.all(drains);
        // A new life begins while what is left of the old one may still be at it.
        deaths += workers.filter(({ isDead }) => isDead()).length;
        workers = workers.map((worker) => (worker.isDead() ? born(0.06) : worker));
        world.clock.advance(random.whole(LEASE_MS));
      }
      await Promise.all(workers.map(({ engine }) => engine.idle()));
      expect(faults).toEqual([]);
      const rows = await rowsNow(world, shop);
      expect(rows.map(({ state, total }) => [state, total])).not.toContainEqual(['running', expect.anything()]);
      expect(rows.map(({ total }) => total)).toEqual(IDS.map(() => 1));
      for (const { state, reason } of rows) expect(reason !== null).toBe(state === 'failed');
      expect(deaths).toBeGreaterThan(0);
    },
    60_000,
  );
});
