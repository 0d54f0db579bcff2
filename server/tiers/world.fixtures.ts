import type { ProgramRules } from '../contracts/program.ts';
import { testWorld, type World } from '../db/testing.ts';
import { program, START, spendRule } from '../points/points.fixtures.ts';
import {
  balance,
  deliver,
  newShop,
  orderLine,
  orderState,
  person,
  version,
  type Word,
} from '../points/world.fixtures.ts';
import { tierHistory } from './preview.usecases.ts';
import { tiers } from './tiers.fixtures.ts';

/** For tests only: a program with tiers, one point a dollar unless other rules are given. */
export const tiered = (definition: object = {}, earning: object[] = [spendRule()]): ProgramRules => ({
  ...program(earning),
  tiers: tiers(definition),
});

/** Levels as in the other fixtures, with a bonus for reaching silver and gold. */
export const WITH_BONUS = [
  { id: 'bronze', name: 'Bronze', threshold: 0 },
  { id: 'silver', name: 'Silver', threshold: 300, entryBonus: 40 },
  { id: 'gold', name: 'Gold', threshold: 1000, entryBonus: 500 },
];

/** An order of so many dollars, paid when it was placed. */
export const order = (
  platformId: string,
  dollars: number,
  fields: Parameters<typeof orderState>[0] = {},
): Extract<Word, { kind: 'order' }> => ({
  kind: 'order',
  order: orderState({ platformId, lines: [orderLine({ unitPrice: dollars * 100 })], ...fields }),
});

/** The whole of such an order comes back. */
export const refunded = (orderId: string, dollars: number, at: number): Word => ({
  kind: 'refund',
  orderId,
  refund: { platformId: `r-${orderId}`, at, amount: dollars * 100, lines: [] },
});

export const account = (platformId: string, email: string, registeredAt: number | null = null): Word => ({
  kind: 'account',
  account: person({ platformId, email, registeredAt }),
  version: version(registeredAt ?? START),
});

/** A world with one shop under a program, and the words and questions that tests need. */
export async function tierWorld(rules: ProgramRules = tiered()) {
  const world: World = await testWorld(START);
  const shopId = await newShop(world, { rules });
  const shop = () => world.inShop(shopId, async (scope) => scope.shop);
  return {
    world,
    shopId,
    shop,
    /** Each word in a transaction of its own, as the inbox would apply it. */
    say: async (...words: Word[]) => {
      for (const word of words) await world.inShop(shopId, (scope) => deliver(scope, word));
    },
    has: (name = '101') => balance(world, shopId, name),
    moves: async (name = '101') =>
      (await tierHistory(world, await shop(), name)).map(({ from, to, reason }) => `${from} > ${to}: ${reason}`),
  };
}
