import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { signJwt, unverifiedClaims, verifyJwt } from './jwt.ts';

const NOW = Date.UTC(2026, 0, 1);
const EXPECTED = { secret: 'a secret', audience: 'us', now: NOW, longest: 1_000 };
const claims = { aud: 'us', sub: '1', exp: NOW / 1000 + 60 };

test('what was signed is what node:crypto signs, and is verified', async () => {
  const token = await signJwt(claims, 'a secret');
  const text = token.slice(0, token.lastIndexOf('.'));
  expect(token).toBe(`${text}.${createHmac('sha256', 'a secret').update(text).digest('base64url')}`);
  expect(await verifyJwt(token, EXPECTED)).toEqual({ ok: true, claims });
  expect(unverifiedClaims(token, 1_000)).toEqual(claims);
  expect([unverifiedClaims(token, 10), unverifiedClaims('a.b.c', 10), unverifiedClaims('', 10)]).toEqual([
    null,
    null,
    null,
  ]);
});

test('another spelling of the same signature is none', async () => {
  const token = await signJwt(claims, 'a secret');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(token.at(-1) ?? '');
  // The two lowest bits of the last character stand for nothing.
  for (const other of [last + 1, last + 2, last + 3]) {
    const spelt = `${token.slice(0, -1)}${alphabet[other]}`;
    expect(Buffer.from(spelt.split('.')[2] ?? '', 'base64url')).toEqual(
      Buffer.from(token.split('.')[2] ?? '', 'base64url'),
    );
    expect(await verifyJwt(spelt, EXPECTED)).toEqual({ ok: false, reason: 'signature' });
  }
});

test('too long, for others, without a secret: none, with the reason', async () => {
  const reason = async (token: string, more: object) => {
    const verified = await verifyJwt(token, { ...EXPECTED, ...more });
    return verified.ok ? 'ok' : verified.reason;
  };
  const token = await signJwt(claims, 'a secret');
  expect(await reason(token, { longest: 20 })).toBe('malformed');
  expect(await reason(token, { audience: 'them' })).toBe('audience');
  expect(await reason(token, { secret: '' })).toBe('signature');
  expect(await reason(token, { now: NOW + 70_000 })).toBe('expired');
  expect(await reason(await signJwt({ ...claims, nbf: NOW / 1000 + 11 }, 'a secret'), {})).toBe('not_yet');
  expect(await reason(await signJwt({ ...claims, nbf: 'soon' as unknown as number }, 'a secret'), {})).toBe(
    'malformed',
  );
});
