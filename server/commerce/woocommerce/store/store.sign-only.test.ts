import { expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../shared/clock.ts';
import { createStore } from './store.ts';
import type { StoreFetch, StoreRequest } from './store.types.ts';

const KEYS = { key: `ck_${'a'.repeat(40)}`, secret: `cs_${'b'.repeat(40)}` };
const NOBODY = { code: 'woocommerce_rest_cannot_view', message: 'Sorry.', data: { status: 401 } };

/** A store that notes what it is shown, and takes whoever asks for nobody: what a stranger's store would do to learn more. */
function curious() {
  const asked: StoreRequest[] = [];
  const fetch: StoreFetch = async (request) => {
    asked.push(request);
    return { status: 401, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(NOBODY)) };
  };
  const deps = { fetch, realClock: systemClock, sleep: async () => undefined };
  const read = (signOnly: boolean) =>
    createStore(deps, { url: 'https://stranger.example.test', keys: KEYS, signOnly })
      .read('data/currencies/current', z.unknown())
      .catch((error: { code: string }) => error.code);
  return { asked, read };
}
const shown = (asked: readonly StoreRequest[]): string => JSON.stringify(asked);
const basic = Buffer.from(`${KEYS.key}:${KEYS.secret}`).toString('base64');

test('keys that only sign are shown to no store, whatever it answers', async () => {
  const { asked, read } = curious();
  expect(await read(true)).toBe('woocommerce.keys_refused');
  expect(asked.length).toBeGreaterThan(1);
  expect(shown(asked)).toContain('oauth_signature=');
  expect(shown(asked)).not.toContain(KEYS.secret);
  expect(shown(asked)).not.toContain(basic);
});

test('other keys are shown to their own store over https', async () => {
  const { asked, read } = curious();
  await read(false);
  expect(shown(asked)).toContain(basic);
});
