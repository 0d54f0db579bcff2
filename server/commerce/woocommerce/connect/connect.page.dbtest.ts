import { setTimeout as sleep } from 'node:timers/promises';
import express, { type Express } from 'express';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dump } from '../../../db/testing.tables.ts';
import { testWorld, type World } from '../../../db/testing.ts';
import { testApp } from '../../../http/http.fixtures.ts';
import { createStoreFetch } from '../store/store.fetch.ts';
import type { WooDeps } from '../store/woocommerce.deps.ts';
import type { ConnectOptions } from './begin.usecases.ts';
import { type PracticeStore, practiceStore } from './connect.fixtures.ts';
import { wooConnect } from './connect.routes.ts';
import { beginHandover, handoverOf, noteFailure } from './handovers.usecases.ts';

const PUBLIC = 'https://app.example.test';
const OPEN: ConnectOptions = { publicUrl: PUBLIC, allowPrivate: true };

let world: World;
let store: PracticeStore;
let deps: WooDeps;

beforeEach(async () => {
  world = await testWorld();
  store = await practiceStore();
  const { db, clock, ids, reactions, features, vault, logger } = world;
  deps = {
    db,
    clock,
    realClock: clock,
    ids,
    reactions,
    features,
    vault,
    logger,
    appUrl: PUBLIC,
    sleep: () => sleep(0),
    wake: () => undefined,
    fetch: createStoreFetch({ allowPrivate: true }),
  };
});
afterEach(async () => {
  await store.close();
  await world.close();
});

function appWith(options = OPEN, own = deps): Express {
  return express().use('/connect/woocommerce', wooConnect(own, options));
}
const ask = (query: Record<string, string>, options = OPEN) =>
  supertest(appWith(options)).get('/connect/woocommerce').query(query);
const told = async (query: Record<string, string>, options = OPEN) => {
  const { status, text } = await ask({ locale: 'en', ...query }, options);
  return `${status} ${/<h2>(.*?)<\/h2>/.exec(text)?.[1]}`;
};
const handovers = async () => (await dump(world)).woo_handovers?.length;

describe('the page that asks for a store', () => {
  test('is in English or in Persian, from right to left, for a phone, and needs no script', async () => {
    const english = await ask({});
    expect([english.status, english.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(english.text).toMatch(/<html lang="en" dir="ltr">[\s\S]*width=device-width[\s\S]*<form method="get"/);
    const persian = await ask({ locale: 'fa' });
    expect(persian.text).toMatch(/<html lang="fa" dir="rtl">[\s\S]*نشانی فروشگاه/);
    expect((await ask({}).set('accept-language', 'fa-IR,fa;q=0.9,en;q=0.5')).text).toContain('lang="fa"');
    expect(persian.text).toContain('<a href="/connect/woocommerce?locale=en"');
    expect(english.text + persian.text).not.toMatch(/<script|src=|@import|url\(/);
  });

  test('may not be framed, holds nothing from elsewhere, and its form may lead to any store', async () => {
    const { headers } = await ask({});
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    // Browsers apply form-action to the redirect that answers a form: with 'self' alone nobody would get to a store.
    expect(policy).toContain("form-action 'self' https: http:");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  test('shows what was typed as text', async () => {
    const { text } = await ask({ store: '"><script>alert(1)</script>', locale: 'en' });
    expect(text).not.toContain('<script>');
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;');
  });
});

describe('a store that cannot be connected is told why:', () => {
  test.each<[PracticeStore['looks'], string]>([
    ['plain', '400 The permalinks of the store are “Plain”'],
    ['blog', '400 There is no WooCommerce at this address'],
    ['firewall', '400 Something stands before the store'],
    ['broken', '400 The store has trouble of its own'],
  ])('%s', async (looks, title) => {
    store.looks = looks;
    expect(await told({ store: store.url, insecure: '1' })).toBe(title);
    expect(await handovers()).toBe(0);
  });

  test('nobody there, a page that is no store', async () => {
    await store.close();
    expect(await told({ store: store.url })).toBe('400 The store does not answer');
    store = await practiceStore('/folder');
    expect(await told({ store: new URL(store.url).origin })).toBe('400 There is no WooCommerce at this address');
  });

  test.each([
    ['', 'The address is missing'],
    ['not a store', 'This is not the address of a store'],
    ['ftp://shop.example.test', 'This is not the address of a store'],
    ['https://me:secret@shop.example.test', 'Leave the password out'],
    ['https://shop.example.test/?p=1', 'This address says too much'],
    [`https://${'a'.repeat(2_000)}.example.test`, 'This address is too long'],
  ])('%s', async (typed, title) => {
    expect(await told({ store: typed })).toBe(`400 ${title}`);
  });

  test('an address inside of our own network, by number and by name', async () => {
    const strict = { ...deps, fetch: createStoreFetch({ allowPrivate: false }) };
    const app = appWith({ publicUrl: PUBLIC, allowPrivate: false }, strict);
    for (const typed of [store.url, 'http://169.254.169.254/latest', 'http://localhost', 'https://[::1]:3000']) {
      const { status, text } = await supertest(app).get('/connect/woocommerce').query({ store: typed, locale: 'en' });
      expect([typed, status, text]).toEqual([typed, 400, expect.stringContaining('This store is not on the internet')]);
    }
    expect(store.calls).toEqual([]);
  });

  test('an app that stores cannot send to: no APP_URL, or not https', async () => {
    const options = (publicUrl: string | undefined) => ({ publicUrl, allowPrivate: false });
    const query = { store: 'https://shop.example.test' };
    expect(await told(query, options(undefined))).toBe('400 This installation has no public address yet');
    for (const url of ['http://localhost:3000', 'https://app.example.test:3000', 'https://10.0.0.1']) {
      expect(await told(query, options(url))).toBe('400 Stores cannot send to this installation');
    }
  });

  test('in Persian too', async () => {
    store.looks = 'plain';
    const { text } = await ask({ store: store.url, insecure: '1', locale: 'fa' });
    expect(text).toMatch(/dir="rtl"[\s\S]*پیوندهای یکتای فروشگاه «ساده» است/);
  });
});

describe('a store that has only http', () => {
  test('is warned of, and connected by who knows', async () => {
    const { status, text } = await ask({ store: store.url, locale: 'en' });
    expect([status, await handovers()]).toEqual([200, 0]);
    expect(text).toContain('This store has no https');
    const on = /class="button" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const going = await supertest(appWith()).get(on);
    expect([going.status, String(going.headers.location).startsWith(`${store.url}/wc-auth/v1/authorize?`)]).toEqual([
      ...[302, true],
    ]);
  });

  test('is found where https was not typed', async () => {
    const { text } = await ask({ store: new URL(store.url).host, locale: 'en' });
    expect(text).toContain('This store has no https');
    expect(await told({ store: store.url.replace('http:', 'https:') })).not.toContain('https');
  });
});

test('a store in a folder is connected there; one that shows its API to nobody is asked with its keys', async () => {
  const inFolder = await practiceStore('/fa');
  const going = await ask({ store: `${inFolder.url}/wp-admin/index.php`, insecure: '1' });
  expect(String(going.headers.location)).toMatch(new RegExp(`^${inFolder.url}/wc-auth/v1/authorize\\?`));
  await inFolder.close();
  store.looks = 'closed';
  expect((await ask({ store: store.url, insecure: '1' })).status).toBe(302);
});

describe('the page that a store leads back to', () => {
  const begun = (locale: 'en' | 'fa' = 'en') =>
    beginHandover(deps, { storeUrl: 'https://shop.example.test', locale, now: world.clock.now() });
  const back = (query: Record<string, string | string[]>) =>
    supertest(appWith()).get('/connect/woocommerce/done').query(query);

  test('says that the owner denied', async () => {
    const { text } = await back({ success: '0', user_id: await begun() });
    expect(text).toContain('You did not approve');
    expect(text).toContain('shop.example.test');
  });

  test('waits for the keys, looking again by itself, until the hour is over', async () => {
    const token = await begun();
    expect((await back({ success: '1', user_id: token })).text).toMatch(
      /http-equiv="refresh"[\s\S]*Waiting for the keys/,
    );
    world.clock.advance(3_600_000);
    const over = await back({ success: '1', user_id: token });
    expect([over.status, over.text]).toEqual([400, expect.stringContaining('This connection is over')]);
  });

  test('explains keys that do not work: plain permalinks, revoked keys, a dropped Authorization header', async () => {
    const token = await begun();
    const handover = await handoverOf(deps, token);
    if (!handover) throw new Error('no handover');
    await noteFailure(deps, handover, 'woocommerce.keys_refused');
    const { text } = await back({ success: '1', user_id: token });
    expect(text).toMatch(/Permalinks are[\s\S]*revoked[\s\S]*<code dir="ltr">SetEnvIf Authorization [^<]*<\/code>/);
    await noteFailure(deps, handover, 'woocommerce.header_stripped');
    expect((await back({ success: '1', user_id: token, locale: 'fa' })).text).toContain('سرآیند Authorization');
  });

  test('has nobody led to it where keys fail: the browser that began is told on its way back', async () => {
    const going = await ask({ store: store.url, insecure: '1' });
    const cookie = String(going.headers['set-cookie']);
    expect(cookie).toMatch(
      /^woo_handover=[\w-]{43}; Max-Age=3600; Path=\/connect\/woocommerce; .*HttpOnly; Secure; SameSite=Lax$/,
    );
    const returning = () => ask({ locale: 'en' }).set('cookie', `other=1; ${cookie.split(';')[0]}`);
    expect((await returning()).text).not.toContain('class="note"');
    const handover = await handoverOf(deps, /woo_handover=([\w-]+)/.exec(cookie)?.[1]);
    if (!handover) throw new Error('no handover');
    await noteFailure(deps, handover, 'woocommerce.keys_refused');
    const { text, status } = await returning();
    expect(status).toBe(200);
    expect(text).toContain('The store does not accept the keys that it just made');
    expect(text).toContain(`value="${store.url}"`);
    expect((await ask({ locale: 'en' })).text).not.toContain(store.url);
  });

  test('speaks the language in which it began, and shows neither token nor keys', async () => {
    const token = await begun('fa');
    const { text, headers } = await back({ success: '0', user_id: token });
    expect(text).toContain('شما تأیید نکردید');
    expect(text.replace(/<header>[\s\S]*<\/header>/, '')).not.toContain(token);
    expect(headers['cache-control']).toBe('no-store');
  });

  test('tells nothing to whoever has no token', async () => {
    await begun();
    const queries: Record<string, string | string[]>[] = [
      {},
      { user_id: 'A'.repeat(43) },
      { user_id: ['a', 'b'] },
      { user_id: '../../etc' },
    ];
    for (const query of queries) {
      const { status, text } = await back({ success: '1', ...query });
      expect([status, text.includes('shop.example.test')]).toEqual([400, false]);
    }
  });
});

describe('limits', () => {
  test('one address looks at thirty stores a minute; another one goes on', async () => {
    const app = appWith();
    const from = (address: string) =>
      supertest(app).get('/connect/woocommerce').query({ locale: 'en' }).set('x-forwarded-for', address);
    for (let n = 0; n < 30; n += 1) expect((await from('203.0.114.9')).status).toBe(200);
    const slow = await from('203.0.114.9');
    expect([slow.status, slow.text]).toEqual([429, expect.stringContaining('Too many attempts')]);
    expect((await from('203.0.114.10')).status).toBe(200);
  });
});

test('where WooCommerce is not enabled there is no such page', async () => {
  for (const woocommerceEnabled of [false, true]) {
    const server = await testApp(world, { woocommerceEnabled });
    expect((await supertest(server.app.http).get('/connect/woocommerce')).status).toBe(woocommerceEnabled ? 200 : 404);
    await server.stop();
  }
});
