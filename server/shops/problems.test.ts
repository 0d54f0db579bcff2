import { expect, test } from 'vitest';
import { type Facts, problemsOf, type Reading } from './problems.rules.ts';

const NOW = Date.UTC(2026, 0, 1);
const shop = { platform: 'woocommerce', domain: 'shop.example.test', state: 'installed', currency: 'EUR' } as const;
const facts: Facts = {
  shop,
  scopes: null,
  accessRefusedAt: null,
  storeCurrency: null,
  webhooksStoppedAt: null,
  readings: [],
  waits: [],
  now: NOW,
};
const reading = (fields: Partial<Reading>): Reading => ({
  kind: 'orders',
  state: 'waiting',
  dueAt: 1,
  attempts: 0,
  errorCode: null,
  reason: null,
  ...fields,
});
const codes = (more: Partial<Facts>) => problemsOf({ ...facts, ...more }).map(({ code }) => code);

test('a shop that does well has none, nor has one that is not installed', () => {
  expect(codes({ readings: [reading({ state: 'done', dueAt: null })] })).toEqual([]);
  const gone = { ...shop, state: 'uninstalled' as const };
  expect(codes({ shop: gone, accessRefusedAt: 1, storeCurrency: 'USD' })).toEqual([]);
});

test('refused access is said once, with what to do on that platform', () => {
  const stopped = reading({ dueAt: null, errorCode: 'woocommerce.keys_refused', reason: 'The keys are refused.' });
  const [woo, ...rest] = problemsOf({ ...facts, accessRefusedAt: 1, readings: [stopped] });
  expect([woo?.code, rest]).toEqual(['access.refused', []]);
  expect(woo?.message).toMatch(/\/connect\/woocommerce.*Plain.*Authorization/);
  const [shopify] = problemsOf({ ...facts, shop: { ...shop, platform: 'shopify' }, accessRefusedAt: 1 });
  expect(shopify?.message).toMatch(/Shopify admin/);
});

test('a Shopify shop that has not granted a scope that came later is told what waits for it', () => {
  const shopify = { ...shop, platform: 'shopify' as const };
  const [problem] = problemsOf({ ...facts, shop: shopify, scopes: 'read_customers,write_discounts' });
  expect(problem).toMatchObject({ code: 'scopes.missing', message: expect.stringMatching(/tags.*wait/i) });
  const waits = [{ code: 'scopes.missing', message: 'The same, by what waits.' }];
  expect(codes({ shop: shopify, scopes: 'read_customers', waits })).toEqual(['scopes.missing']);
  expect(codes({ shop: shopify, scopes: 'read_orders,write_customers' })).toEqual([]);
  // Nobody has said so far; and WooCommerce has no such thing.
  expect(codes({ shop: shopify, scopes: null })).toEqual([]);
  expect(codes({ scopes: 'read_write' })).toEqual([]);
});

test('a currency that changed is told, and that orders in it do not count', () => {
  const [problem] = problemsOf({ ...facts, storeCurrency: 'USD' });
  expect(problem).toMatchObject({ code: 'currency.changed', message: expect.stringMatching(/USD.*EUR/) });
  expect(codes({ storeCurrency: 'EUR' })).toEqual([]);
});

test('a failure that may pass is none, until it lasts', () => {
  const failing = { errorCode: 'woocommerce.unavailable', reason: 'The store has trouble.' };
  expect(codes({ readings: [reading({ ...failing, attempts: 2 })] })).toEqual([]);
  expect(codes({ readings: [reading({ ...failing, attempts: 3 })] })).toEqual(['woocommerce.unavailable']);
  expect(codes({ readings: [reading({ ...failing, state: 'failed' })] })).toEqual(['woocommerce.unavailable']);
  const both = ['orders', 'customers'].map((kind) => reading({ ...failing, kind, state: 'failed' }));
  expect(codes({ readings: both })).toEqual(['woocommerce.unavailable']);
});

test('webhooks that the store had stopped are told for a day', () => {
  expect(codes({ webhooksStoppedAt: NOW })).toEqual(['webhooks.mended']);
  expect(codes({ webhooksStoppedAt: NOW - 86_400_000 + 1 })).toEqual(['webhooks.mended']);
  expect(codes({ webhooksStoppedAt: NOW - 86_400_000 })).toEqual([]);
});

test('topics that the platform does not take are told, words that an earlier failure left behind are not', () => {
  const done = { state: 'done', dueAt: null, reason: 'The store takes no webhook for: order.restored.' };
  expect(codes({ readings: [reading({ ...done, kind: 'webhooks' })] })).toEqual(['webhooks.refused']);
  expect(codes({ readings: [reading({ ...done, kind: 'orders' })] })).toEqual([]);
});
