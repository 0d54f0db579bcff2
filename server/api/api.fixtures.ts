import { createHmac } from 'node:crypto';
import supertest from 'supertest';
import { testShop, type World } from '../db/testing.ts';
import { type TestApp, testApp } from '../http/http.fixtures.ts';
import type { Session } from './admin.session.ts';
import type { KeyScope } from './keys.rules.ts';
import { addKey } from './keys.usecases.ts';

const SECRET = 'test-secret';
/** Session tokens go by real time; tests by one instant of it. */
const NOW = 1_767_225_600;

type Claims = Record<string, unknown>;
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest('base64url');

/** For tests only: a session token as App Bridge makes them, for the app "test" in a shop. */
export function sessionToken(claims: Claims = {}, secret = SECRET): string {
  const dest = claims.dest ?? 'https://shop.example.test';
  const whole = { iss: `${dest}/admin`, dest, aud: 'test', sub: '42', exp: NOW + 60, nbf: NOW, iat: NOW, ...claims };
  const text = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(whole)}`;
  return `${text}.${signed(text, secret)}`;
}

/** For tests only: checks such a token as far as these tests need. */
export async function verifySession(token: string): Promise<Session> {
  const [head, body, signature] = token.split('.');
  if (!head || !body || !signature) return { ok: false, reason: 'malformed' };
  if (signed(`${head}.${body}`, SECRET) !== signature) return { ok: false, reason: 'signature' };
  const { exp, nbf, aud, dest, iss, sub } = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<
    string,
    string
  >;
  if (Number(exp) < NOW) return { ok: false, reason: 'expired' };
  if (Number(nbf) > NOW) return { ok: false, reason: 'not_yet' };
  if (aud !== 'test') return { ok: false, reason: 'audience' };
  if (iss !== `${dest}/admin`) return { ok: false, reason: 'issuer' };
  return { ok: true, domain: new URL(String(dest)).hostname, userId: String(sub) };
}

export type Api = TestApp & {
  shop: number;
  /** A key of another scope, or of another shop. */
  keyFor(shopId: number, scope: KeyScope): Promise<{ id: string; key: string }>;
  get(path: string, headers?: Record<string, string>): supertest.Test;
  send(
    method: 'post' | 'put' | 'patch' | 'delete',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): supertest.Test;
};

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** For tests only: the app with a shop, spoken to with a session token unless the headers say otherwise. */
export async function testApi(world: World, overrides: NonNullable<Parameters<typeof testApp>[2]> = {}): Promise<Api> {
  const shop = await testShop(world);
  const server = await testApp(world, {}, { verifySession, install: async () => undefined, ...overrides });
  const headersOf = (headers: Record<string, string>) => ({ ...bearer(sessionToken()), ...headers });
  return {
    ...server,
    shop,
    keyFor: (shopId, scope) => addKey(world, shopId, { name: 'test', scope, actor: 'test' }),
    get: (path, headers = {}) => supertest(server.app.http).get(`/api/v1${path}`).set(headersOf(headers)),
    send: (method, path, body, headers = {}) => {
      const request = supertest(server.app.http)[method](`/api/v1${path}`).set(headersOf(headers));
      return body === undefined ? request : request.send(body as object);
    },
  };
}

export const withKey = (key: string) => bearer(key);
