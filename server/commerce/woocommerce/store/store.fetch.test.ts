import { expect, test } from 'vitest';
import { selfSigned } from '../../../shared/safe-fetch/certificates.fixtures.ts';
import { fakeServer } from '../../../shared/safe-fetch/fake-server.fixtures.ts';
import { createStoreFetch } from './store.fetch.ts';
import type { StoreFetch, StoreRequest } from './store.types.ts';

const open = createStoreFetch({ allowPrivate: true });
const guarded = createStoreFetch({ allowPrivate: false });
const failure = (fetch: StoreFetch, url: string, more: Partial<StoreRequest> = {}) =>
  fetch({ method: 'GET', url, headers: {}, body: null, timeoutMs: 5_000, maxBytes: 100_000, ...more }).then(
    () => null,
    (error: unknown) => error,
  );

test('an address that may not be asked is said to be none of a store', async () => {
  const server = await fakeServer(() => ({ text: 'hello' }));
  const refused = { code: 'woocommerce.address_refused', retryable: false, details: { sent: false } };
  expect(await failure(guarded, `http://localhost:${server.port}/`)).toMatchObject(refused);
  expect(await failure(guarded, server.url)).toMatchObject(refused);
  expect(await failure(open, `http://user:secret@127.0.0.1:${server.port}/`)).toMatchObject(refused);
  const message = 'The address of the store is not one of http or https.';
  const unreachable = { code: 'woocommerce.unreachable', message, details: { sent: false } };
  for (const url of ['file:///etc/passwd', 'nothing']) expect(await failure(open, url)).toMatchObject(unreachable);
  expect(server.asked).toEqual([]);
});

test('silence, too much, and a connection that breaks off have words of their own', async () => {
  const silent = await fakeServer(() => () => undefined);
  expect(await failure(open, silent.url, { timeoutMs: 100 })).toMatchObject({
    code: 'woocommerce.timed_out',
    retryable: true,
    details: { sent: true },
  });
  const large = await fakeServer(() => ({ text: 'a'.repeat(200) }));
  expect(await failure(open, large.url, { maxBytes: 100 })).toMatchObject({
    code: 'woocommerce.too_large',
    retryable: false,
    details: { maxBytes: 100 },
  });
  const broken = await fakeServer(() => (response) => response.destroy());
  const gone = { code: 'woocommerce.unreachable', retryable: true };
  expect(await failure(open, broken.url)).toMatchObject({ ...gone, details: { sent: true } });
  const refused = await failure(open, `http://127.0.0.1:${broken.port === 1 ? 2 : 1}/`);
  expect(refused).toMatchObject({ ...gone, details: { sent: false, reason: 'ECONNREFUSED' } });
  expect((refused as Error).message).toMatch(/Nothing answers at 127\.0\.0\.1/);
});

test('a certificate’s fault is named', async () => {
  const server = await fakeServer(() => ({ text: 'hello' }), selfSigned(['127.0.0.1']));
  const error = await failure(open, server.url);
  expect(error).toMatchObject({ code: 'woocommerce.certificate', retryable: true, details: { sent: false } });
  expect((error as Error).message).toMatch(/\(it is signed by nobody but itself\)/);
});
