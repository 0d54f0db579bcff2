import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unverifiedClaims } from '../../../shared/jwt.ts';
import { signStoreToken, verifyStoreToken } from './session.ts';

const NOW = Date.UTC(2026, 0, 1);
const STORE = { storeUrl: 'https://shop.example.test/fa', secret: 'a-webhook-secret' };
const token = (claims: Record<string, unknown> = {}) => signStoreToken({ ...STORE, now: NOW }, claims);
const verify = async (text: string | Promise<string>, now = NOW) => verifyStoreToken(await text, { ...STORE, now });
const reason = async (text: string | Promise<string>, now = NOW) => {
  const result = await verify(text, now);
  return result.ok ? 'ok' : result.reason;
};

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = {
  iss: STORE.storeUrl,
  aud: 'bazgasht',
  sub: 'wp:1',
  iat: NOW / 1000,
  exp: NOW / 1000 + 60,
};
/** As the plugin writes it in PHP, step by step. */
function byHand(header: unknown, body: unknown, secret: string): string {
  const key = createHmac('sha256', secret).update('bazgasht admin session').digest('hex');
  const text = `${part(header)}.${part(body)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

describe('a token of the plugin', () => {
  test('of this store and minute is a session of the WordPress user', async () => {
    expect(await verify(token())).toEqual({ ok: true, userId: 'wp:1' });
    expect(await verify(token({ userId: 42, role: 'shop_manager', locale: 'fa_IR', jti: 'x' }))).toEqual({
      ok: true,
      userId: 'wp:42',
    });
    expect(await verify(byHand({ alg: 'HS256', typ: 'JWT' }, claims, STORE.secret))).toEqual({
      ok: true,
      userId: 'wp:1',
    });
  });

  test('has ten seconds of tolerance at both ends, and no more', async () => {
    expect(await reason(token(), NOW + 60_000 + 9_999)).toBe('ok');
    expect(await reason(token(), NOW + 60_000 + 10_000)).toBe('expired');
    expect(await reason(token(), NOW - 10_000)).toBe('ok');
    expect(await reason(token(), NOW - 10_001)).toBe('not_yet');
  });

  test('that lives longer than 60 seconds is none, however well it is signed', async () => {
    expect(await reason(token({ exp: NOW / 1000 + 61 }))).toBe('malformed');
    expect(await reason(token({ iat: NOW / 1000 - 3_600 }))).toBe('malformed');
    expect(await reason(token({ exp: NOW / 1000 - 1 }))).toBe('malformed');
  });

  test('must name exactly this store; the slash at its end is WordPress’s', async () => {
    expect(await reason(token({ iss: `${STORE.storeUrl}/` }))).toBe('ok');
    for (const iss of ['https://shop.example.test', 'http://shop.example.test/fa', `${STORE.storeUrl}//`, 'x']) {
      expect([iss, await reason(token({ iss }))]).toEqual([iss, 'issuer']);
    }
  });

  test('forged, with alg none or another, or of another shop is none', async () => {
    for (const alg of ['none', 'None', 'HS512', 'RS256', '', null]) {
      expect(await reason(byHand({ alg, typ: 'JWT' }, claims, STORE.secret))).toBe('signature');
    }
    expect(await reason(`${part({ alg: 'none' })}.${part(claims)}.`)).toBe('malformed');
    expect(await reason(byHand({ alg: 'HS256' }, claims, 'of-another-shop'))).toBe('signature');
    expect(await reason(token({ aud: 'loyalty-lab' }))).toBe('malformed');
    for (const sub of ['1', 'wp:0', 'wp:', 'wp:1 ', 'user:1']) expect(await reason(token({ sub }))).toBe('malformed');
  });

  test('is not what a webhook of the same shop is signed with', async () => {
    const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
    const asWebhook = createHmac('sha256', STORE.secret).update(text).digest('base64url');
    expect(await reason(`${text}.${asWebhook}`)).toBe('signature');
  });

  test('of a shop without a secret is nobody’s', async () => {
    const unsigned = await signStoreToken({ ...STORE, secret: '', now: NOW });
    expect(await verifyStoreToken(unsigned, { ...STORE, secret: '', now: NOW })).toEqual({
      ok: false,
      reason: 'signature',
    });
  });

  test('changed in any character is none, and nothing makes it throw', async () => {
    const whole = await token();
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.constantFrom('A', 'b', '_', '.', '"'), async (at, character) => {
        const changed = whole.slice(0, at) + character + whole.slice(at + 1);
        expect((await verify(changed)).ok).toBe(changed === whole);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => {
        expect((await verify(text)).ok).toBe(false);
      }),
    );
    expect(await reason('a.'.repeat(10_000))).toBe('malformed');
  });
});

const sample = join(import.meta.dirname, '../../../../../shared/samples/woocommerce/admin-embed.token.json');
test.skipIf(!existsSync(sample))(
  'a true token of a plugin has the shape that is read here (skipped without samples)',
  async () => {
    const { token: recorded } = JSON.parse(readFileSync(sample, 'utf8')) as { token: string };
    const read = unverifiedClaims(recorded, 4_096) as Record<string, number | string>;
    const again = await signStoreToken(
      { storeUrl: String(read.iss), secret: STORE.secret, now: Number(read.iat) * 1000 },
      { ...read, aud: 'bazgasht' },
    );
    const store = { storeUrl: String(read.iss).replace(/\/$/, ''), secret: STORE.secret, now: Number(read.iat) * 1000 };
    expect(await verifyStoreToken(again, store)).toEqual({ ok: true, userId: String(read.sub) });
  },
);
