import cron from 'node-cron';
import { expect, test } from 'vitest';
import { seededRandom } from '../shared/random.ts';
import { nextTick } from './ticks.rules.ts';

const at = (text: string) => Date.parse(`${text}Z`);

test.each([
  ['* * * * *', '2026-01-01T12:00:00', '2026-01-01T12:01:00'],
  ['* * * * *', '2026-01-01T12:00:59.999', '2026-01-01T12:01:00'],
  ['*/5 * * * *', '2026-01-01T12:04:59', '2026-01-01T12:05:00'],
  ['5 * * * *', '2026-12-31T23:05:00', '2027-01-01T00:05:00'],
  ['40 2 * * *', '2026-02-28T02:40:00', '2026-03-01T02:40:00'],
  ['0 0 29 2 *', '2026-03-01T00:00:00', '2028-02-29T00:00:00'],
  ['0 6 * * 1', '2026-01-01T00:00:00', '2026-01-05T06:00:00'],
  ['30 9 31 * *', '2026-02-01T00:00:00', '2026-03-31T09:30:00'],
])('%s after %s is %s', (expression, after, next) => {
  expect(new Date(nextTick(expression, at(after))).toISOString()).toBe(new Date(at(next)).toISOString());
});

test('an expression that names no minute is refused', () => {
  for (const expression of ['0 0 30 2 *', '61 * * * *', 'daily'])
    expect(() => nextTick(expression, at('2026-01-01T00:00:00'))).toThrow();
});

test('is the first minute that node-cron would run it in, wherever one asks', () => {
  const random = seededRandom(11);
  for (const expression of ['*/7 * * * *', '3,33 */5 * * *', '40 2 * * *', '15 4 1,15 * *', '0 12 * 3 2,4']) {
    const task = cron.createTask(expression, () => undefined, { timezone: 'UTC' });
    for (let times = 0; times < 4; times += 1) {
      const after = at('2026-01-01T00:00:00') + random.whole(400 * 86_400) * 1000;
      const next = nextTick(expression, after);
      expect(task.match(new Date(next)), `${expression} at ${next}`).toBe(true);
      for (let minute = next - 60_000; minute > after && minute > next - 200 * 60_000; minute -= 60_000)
        expect(task.match(new Date(minute))).toBe(false);
    }
  }
});
