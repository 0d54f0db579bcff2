import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { dialect } from '../db/dialect.ts';
import type { World } from '../db/testing.ts';
import { spoilNumbers } from '../insights/insights.fixtures.ts';
import { rebuildNumbers } from '../insights/rebuild.usecases.ts';
import { settleDue } from './due.usecases.ts';
import { END, history } from './histories.fixtures.ts';
import { HOUR, START } from './points.fixtures.ts';
import { deliver, faultsOf, newShop, outcome, sharedWorlds, type Word } from './world.fixtures.ts';

const numRuns = dialect === 'sqlite' ? 60 : 8;

const worlds = sharedWorlds();
afterAll(() => worlds.close());

type Batch = { at: number; words: Word[]; sweep: boolean };

/** Applies batches, each in one transaction at its own instant, after the sweep where asked; then the sweep of the end. */
async function live(world: World, shopId: number, batches: Batch[]): Promise<void> {
  for (const { at, words, sweep } of batches) {
    world.clock.set(at);
    if (sweep) await settleDue(world, shopId, at);
    await world.inShop(shopId, async (scope) => {
      for (const word of words) await deliver(scope, word);
    });
  }
  world.clock.set(END);
  await settleDue(world, shopId, END);
}

/** A way for words to arrive: shuffled, some twice, cut into batches at instants of a clock that moves on. */
const arrival = (count: number) =>
  fc.record({
    order: fc.shuffledSubarray(
      Array.from({ length: count }, (_, index) => index),
      { minLength: count },
    ),
    again: fc.array(fc.nat(count - 1), { maxLength: 4 }),
    steps: fc.array(fc.record({ size: fc.integer({ min: 1, max: 5 }), hours: fc.nat(24 * 30), sweep: fc.boolean() }), {
      minLength: 3,
      maxLength: 8,
    }),
  });

const told = history.chain((one) => fc.record({ one: fc.constant(one), way: arrival(one.words.length) }));

function shuffled({ one, way }: typeof told extends fc.Arbitrary<infer T> ? T : never): Batch[] {
  const words = [...way.order, ...way.again].flatMap((index) => one.words[index]?.word ?? []);
  const batches: Batch[] = [];
  let at = START;
  for (let step = 0; words.length > 0; step += 1) {
    const { size = 1, hours = 1, sweep = false } = way.steps[step % way.steps.length] ?? {};
    at = Math.min(END, at + hours * HOUR);
    batches.push({ at, words: words.splice(0, size), sweep });
  }
  return batches;
}

test('any order of arrival, with repeats and sweeps between, ends in the same points and numbers', async () => {
  const property = fc.asyncProperty(told, async ({ one, way }) => {
    const world = await worlds.next();
    const straight = await newShop(world, one);
    await live(
      world,
      straight,
      one.words.map(({ at, word }) => ({ at, words: [word], sweep: true })),
    );
    const mixed = await newShop(world, one);
    await live(world, mixed, shuffled({ one, way }));
    const end = await outcome(world, straight);
    expect(await outcome(world, mixed)).toEqual(end);
    for (const shopId of [straight, mixed]) {
      expect(await faultsOf(world, shopId)).toEqual([]);
      await spoilNumbers(world, shopId);
      await rebuildNumbers(world, shopId, END);
      expect(await outcome(world, shopId), 'a rebuild of the numbers gives the same rows').toEqual(end);
    }
  });
  // Its first failure is enough: making a history smaller takes minutes, in which no time limit is heard.
  await fc.assert(property, { seed: 14_030_229, numRuns, endOnFailure: true });
}, 60_000);
