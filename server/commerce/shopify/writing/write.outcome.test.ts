import { describe, expect, test } from 'vitest';
import { NotSent } from '../../../effects/effects.errors.ts';
import { accessDenied, outdated, refusedCall, throttled, tokenRevoked, unavailable } from '../shopify.errors.ts';
import { written } from './write.outcome.ts';

const failing = (error: unknown) => written(() => Promise.reject(error));
const network = (code: string) =>
  unavailable('Shopify did not answer.', {
    cause: new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }),
  });

describe('what came of a change at Shopify', () => {
  test('is its result', async () => expect(await written(async () => 7)).toBe(7));

  test.each([tokenRevoked(), accessDenied(), throttled(), network('ECONNREFUSED'), network('ENOTFOUND')])(
    'surely nothing: %s',
    async (error) => {
      await expect(failing(error)).rejects.toBeInstanceOf(NotSent);
    },
  );
  test('a throttle says how long to wait', async () => {
    await expect(failing(throttled({ waitMs: 1_500 }))).rejects.toMatchObject({ inMs: 1_500 });
  });

  test.each([refusedCall('no'), outdated({})])('refused for good: %s', async (error) => {
    expect(await failing(error)).toMatchObject({ outcome: 'refused', code: error.code });
  });

  test.each([unavailable('Shopify has trouble.'), network('ECONNRESET'), new Error('a fault of ours')])(
    'nobody knows: %s',
    async (error) => {
      await expect(failing(error)).rejects.toBe(error);
    },
  );
});
