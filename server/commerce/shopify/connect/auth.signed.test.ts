import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkQuery, checkState, makeState } from './auth.signed.ts';

const NOW = Date.UTC(2026, 0, 1);
const SECRET = 'test-secret';

function signed(fields: Record<string, string>): URLSearchParams {
  const query = new URLSearchParams(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
  const hmac = createHmac('sha256', SECRET).update(query.toString().replaceAll('+', '%20')).digest('hex');
  query.append('hmac', hmac);
  return query;
}
const good = { shop: 'tea.myshopify.com', code: 'c', state: 's', host: 'YQ', timestamp: String(NOW / 1000) };
const outcome = (query: URLSearchParams, now = NOW) => {
  const checked = checkQuery(query, SECRET, now);
  return checked.ok ? checked.get('shop') : checked.reason;
};

test('an address that Shopify signed is read', () => {
  expect(outcome(signed(good))).toBe('tea.myshopify.com');
  expect(outcome(signed({ ...good, extra: 'a b&c=d' }))).toBe('tea.myshopify.com');
});

test('a changed, unsigned, old or doubled parameter is refused', () => {
  const changed = signed(good);
  changed.set('shop', 'other.myshopify.com');
  expect(outcome(changed)).toBe('signature');
  const added = signed(good);
  added.append('more', '1');
  expect(outcome(added)).toBe('signature');
  const doubled = signed(good);
  doubled.append('shop', 'other.myshopify.com');
  expect(outcome(doubled)).toBe('repeated');
  expect(outcome(new URLSearchParams(good))).toBe('unsigned');
  expect(outcome(signed(good), NOW + 90_001)).toBe('expired');
  expect(outcome(signed({ ...good, timestamp: 'x' }))).toBe('expired');
  expect(checkQuery(signed(good), '', NOW)).toEqual({ ok: false, reason: 'unsigned' });
});

test('a state is good for its browser, its shop and ten minutes', () => {
  const domain = 'tea.myshopify.com';
  const { state, cookie } = makeState(domain, SECRET, NOW);
  const check = (about: object, now = NOW) => checkState({ state, cookie, domain, ...about }, SECRET, now);
  expect(check({})).toBe(true);
  expect(check({}, NOW + 10 * 60_000 - 1)).toBe(true);
  expect(check({}, NOW + 10 * 60_000)).toBe(false);
  expect(check({ state: 'another' })).toBe(false);
  expect(check({ domain: 'other.myshopify.com' })).toBe(false);
  expect(check({ cookie: '' })).toBe(false);
  expect(check({ cookie: makeState(domain, SECRET, NOW).cookie })).toBe(false);
  const [until = '', signature = ''] = cookie.split('.');
  expect(check({ cookie: `${Number(until) + 1}.${signature}` })).toBe(false);
});
