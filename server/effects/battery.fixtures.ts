import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import type { NewShop } from '../shops/create.usecases.ts';
import type { Outside } from './effects.fixtures.ts';
import type { Call, EffectPort } from './effects.port.ts';
import { owe } from './effects.usecases.ts';
import { createEffects } from './perform.usecases.ts';

/** One kind of effect, with a fake of the world that it is done to. */
export type Harness<P> = {
  open(world: World, shopId: number): Promise<{ port: EffectPort<P>; outside: Outside<P> }>;
  /** What is to be done to the n-th object: different objects, different payloads. */
  payload(n: number): P;
  /** Of the shop that owes it, where that matters. */
  shop?: Partial<NewShop>;
};

export const CUSTOMER = 'customer-1';
export const OWNER = { kind: 'thing', id: 'thing-1' };
/** Nobody waits for long in a test: a hanging call is left to itself at once. */
const LIMITS = { perShop: 4, perProcess: 100, sliceMs: 60_000, patienceMs: 5 };

/** A world with a worker, and a row of what came of it, for one test. */
export async function open<P>(harness: Harness<P>) {
  const world = await testWorld();
  const shop = await testShop(world, harness.shop);
  const opened = await harness.open(world, shop);
  const ends: string[] = [];
  const onEnded: EffectPort<P>['onEnded'] = async (scope, effect, ended) => {
    ends.push(ended.state);
    await opened.port.onEnded?.(scope, effect, ended);
  };
  const port: EffectPort<P> = { ...opened.port, onEnded };
  const first = harness.payload(1);
  const worker = (over: Partial<EffectPort<P>> = {}) =>
    createEffects(world, [{ ...port, ...over } as EffectPort], LIMITS);
  const rows = () => rowsOf(world, shop, 'effects');
  return {
    world,
    shop,
    port: port as EffectPort,
    outside: opened.outside as Outside<unknown>,
    ends,
    first: first as unknown,
    payload: harness.payload as (n: number) => unknown,
    worker: worker as (over?: Partial<EffectPort>) => ReturnType<typeof worker>,
    rows,
    states: async () => (await rows()).map(({ state }) => state),
    /** Whether a lost answer is cleared up without a person. */
    isClear: () => port.ask !== undefined || port.repeatable,
    owed: (occasion = 'one', payload: unknown = first) =>
      world.inShop(shop, (scope) =>
        owe(scope, port.kind, { occasion: [occasion], payload: payload as P, customerId: CUSTOMER, owner: OWNER }),
      ),
    /** Works until nothing is left that time alone would bring on. */
    async workOff(effects = worker()) {
      for (let looks = 0; looks < 60; looks += 1) {
        await effects.drain(shop);
        await effects.idle();
        const due = (await rows()).flatMap(({ dueAt }) => (dueAt === null ? [] : [Number(dueAt)]));
        if (due.length === 0) return;
        world.clock.set(Math.max(world.clock.now(), Math.min(...due)));
      }
      throw new Error('It never came to an end.');
    },
    /** A worker that dies at a call: before it is made or after it. `letGo`: it was not dead, it only hung. */
    async dying(when: 'before' | 'after', call: 'perform' | 'ask' = 'perform') {
      const hang = Promise.withResolvers<void>();
      const reached = Promise.withResolvers<void>();
      const hung = async (asked: Call<P>) => {
        const go = () => (call === 'ask' ? port.ask?.(asked) : port.perform(asked));
        const result = when === 'after' ? await go() : undefined;
        reached.resolve();
        await hang.promise;
        return result ?? go();
      };
      const dead = worker({ [call]: hung });
      await dead.drain(shop);
      await reached.promise;
      const letGo = (): Promise<void> => {
        hang.resolve();
        return dead.idle();
      };
      return { letGo };
    },
  };
}
