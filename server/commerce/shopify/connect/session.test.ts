import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sessionToken } from '../reading/shopify.fixtures.ts';
import { verifySessionToken } from './session.ts';

const NOW = Date.UTC(2026, 0, 1);
const KEYS = { apiKey: 'test', apiSecret: 'test-secret', now: NOW };
const verify = (token: string, now = NOW) => verifySessionToken(token, { ...KEYS, now });
const reason = async (token: string, now = NOW) => {
  const result = await verify(token, now);
  return result.ok ? 'ok' : result.reason;
};

test('a token of this app, shop and minute is a session', async () => {
  expect(await verify(sessionToken(NOW))).toEqual({ ok: true, domain: 'tea.myshopify.com', userId: '42' });
  expect(await verify(sessionToken(NOW, { claims: { sub: 42 } }))).toMatchObject({ userId: '42' });
});

test('time has ten seconds of tolerance at both ends, and no more', async () => {
  const token = sessionToken(NOW);
  expect(await reason(token, NOW + 60_000 + 9_999)).toBe('ok');
  expect(await reason(token, NOW + 60_000 + 10_000)).toBe('expired');
  expect(await reason(token, NOW - 10_000)).toBe('ok');
  expect(await reason(token, NOW - 10_001)).toBe('not_yet');
});

test('a token that somebody else made, or for another app, is none', async () => {
  expect(await reason(sessionToken(NOW, { secret: 'another' }))).toBe('signature');
  expect(await reason(sessionToken(NOW, { header: { alg: 'none' } }))).toBe('signature');
  expect(await reason(sessionToken(NOW, { header: { alg: 'HS512' } }))).toBe('signature');
  expect(await reason(sessionToken(NOW, { claims: { aud: 'another' } }))).toBe('audience');
  expect(await reason(sessionToken(NOW, { claims: { iss: 'https://other.myshopify.com/admin' } }))).toBe('issuer');
  expect(await reason(sessionToken(NOW, { claims: { dest: 'http://tea.myshopify.com' } }))).toBe('issuer');
  expect(await reason(sessionToken(NOW, { claims: { exp: 'soon' } }))).toBe('malformed');
  const empty = sessionToken(NOW, { secret: ' '.trim() || 'x' });
  expect(await verifySessionToken(empty, { ...KEYS, apiSecret: '' })).toEqual({ ok: false, reason: 'signature' });
});

test('a changed character anywhere makes it none, and nothing makes it throw', async () => {
  const token = sessionToken(NOW);
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom('A', 'b', '_', '.', '"'), async (at, character) => {
      const changed = token.slice(0, at) + character + token.slice(at + 1);
      expect((await verify(changed)).ok).toBe(changed === token);
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => {
      expect((await verify(text)).ok).toBe(false);
    }),
  );
  expect(await reason('a'.repeat(10_000))).toBe('malformed');
  expect(await reason('')).toBe('malformed');
});
