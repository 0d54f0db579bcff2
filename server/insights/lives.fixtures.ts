import fc from 'fast-check';
import { packColumns, readColumns } from './columns.rules.ts';
import { dayNumber } from './months.rules.ts';
import { type Chunk, chunkOf, type ShopColumns } from './numbers.rules.ts';

/** For tests only: the day on which the first of random histories may begin. */
export const FIRST = dayNumber('2023-11-15');

/** For tests only: an order of a random history. */
export type LifeOrder = { day: number; net: number; channel: number };

/** Gaps that matter: none, days, around a month, around the window, a year, ten years. */
const gap = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.constantFrom(0, 28, 29, 30, 31, 89, 90, 91, 364, 365, 366, 3_653),
  fc.integer({ min: 0, max: 500 }),
);
const net = fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.constantFrom(0, 1_000));

/** For tests only: one customer's orders. */
export const life: fc.Arbitrary<LifeOrder[]> = fc
  .record({
    start: fc.integer({ min: 0, max: 500 }),
    orders: fc.array(fc.record({ gap, net, channel: fc.constantFrom(0, 1, 2, 255) }), { minLength: 1, maxLength: 8 }),
  })
  .map(({ start, orders }) => {
    let day = FIRST + start;
    return orders.map((order, index) => {
      day += index === 0 ? 0 : order.gap;
      return { day, net: order.net, channel: order.channel };
    });
  });

/** For tests only: a W of customer retention, shorter than a month too. */
export const window = fc.oneof(fc.constantFrom(1, 7, 30, 31, 90, 365), fc.integer({ min: 1, max: 800 }));
export const calendar = fc.constantFrom('gregory' as const, 'persian' as const);

const chunkOfLives = (number: number, lives: readonly LifeOrder[][]): Chunk => {
  const customers = lives.map((orders, key) => ({
    key,
    orders: orders.map((order) => ({ ...order, sales: order.net })),
  }));
  return chunkOf(number, readColumns(packColumns(customers)));
};

/** For tests only: customers in chunks of `size`, in their order; orders without a customer apart. */
export function shopOf(lives: readonly LifeOrder[][], size: number, anonymous: readonly LifeOrder[] = []): ShopColumns {
  const count = Math.ceil(lives.length / size);
  return {
    chunks: Array.from({ length: count }, (_, at) => chunkOfLives(at, lives.slice(at * size, (at + 1) * size))),
    anonymous: anonymous.length === 0 ? [] : [chunkOfLives(-1, [[...anonymous].sort((a, b) => a.day - b.day)])],
  };
}
