import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packColumns, readColumns } from './columns.rules.ts';
import { dayNumber, dayOf } from './months.rules.ts';
import { chunkOf, numbersOf } from './numbers.rules.ts';
import { type Life, numbersByDefinition } from './oracle.fixtures.ts';

const FIRST = dayNumber('2023-11-15');

/** Gaps that matter: none, days, around a month, around the window, a year, ten years. */
const gap = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.constantFrom(0, 28, 29, 30, 31, 89, 90, 91, 364, 365, 366, 3_653),
  fc.integer({ min: 0, max: 500 }),
);
const life: fc.Arbitrary<Life> = fc
  .record({
    start: fc.integer({ min: 0, max: 500 }),
    orders: fc.array(fc.record({ gap, net: fc.integer({ min: 0, max: 100_000 }) }), { minLength: 1, maxLength: 8 }),
  })
  .map(({ start, orders }) => {
    let day = FIRST + start;
    return orders.map((order, index) => {
      day += index === 0 ? 0 : order.gap;
      return { day, net: order.net };
    });
  });

const asked = fc
  .record({
    from: fc.integer({ min: -100, max: 700 }),
    length: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 4_000 })),
    window: fc.oneof(fc.constantFrom(1, 7, 30, 31, 90, 365), fc.integer({ min: 1, max: 800 })),
    calendar: fc.constantFrom('gregory' as const, 'persian' as const),
  })
  .map(({ from, length, ...rest }) => ({ from: dayOf(FIRST + from), to: dayOf(FIRST + from + length), ...rest }));

/** Without cumulative revenue, which follows from revenue. */
const plain = (numbers: ReturnType<typeof numbersOf>) => ({
  ...numbers,
  cohorts: Object.fromEntries(
    Object.entries(numbers.cohorts).map(([key, { cumulative_revenue: _sum, ...cohort }]) => [key, cohort]),
  ),
});

/** Equal but for the last digits of a mean. */
function near(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(11));
  if (Array.isArray(value)) return value.map(near);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, near(part)]));
}

test('one pass over packed columns says what the definitions say, number by number', () => {
  const property = fc.property(fc.array(life, { minLength: 1, maxLength: 12 }), asked, (lives, range) => {
    const customers = lives.map((orders, key) => ({
      key,
      orders: orders.map(({ day, net }) => ({ day, net, sales: net, channel: 0 })),
    }));
    const half = Math.ceil(customers.length / 2);
    const chunks = [customers.slice(0, half), customers.slice(half)].map((part) => {
      const columns = readColumns(packColumns(part));
      return chunkOf(0, columns);
    });
    const numbers = numbersOf({ chunks, anonymous: [] }, range);
    // A range before all orders asks nothing of months.
    fc.pre(numbers.customers_to_date > 0);
    expect(near(plain(numbers))).toMatchObject(near(numbersByDefinition(lives, range)) as object);
  });
  fc.assert(property, { seed: 26, numRuns: 600 });
});
