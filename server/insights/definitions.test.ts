import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendar, FIRST, life, shopOf, window } from './lives.fixtures.ts';
import { dayOf } from './months.rules.ts';
import { numbersOf } from './numbers.rules.ts';
import { numbersByDefinition } from './oracle.fixtures.ts';

const asked = fc
  .record({
    from: fc.integer({ min: -100, max: 700 }),
    length: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 4_000 })),
    window,
    calendar,
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
    const numbers = numbersOf(shopOf(lives, Math.ceil(lives.length / 2)), range);
    // A range before all orders asks nothing of months.
    fc.pre(numbers.customers_to_date > 0);
    expect(near(plain(numbers))).toMatchObject(near(numbersByDefinition(lives, range)) as object);
  });
  fc.assert(property, { seed: 26, numRuns: 600 });
});
