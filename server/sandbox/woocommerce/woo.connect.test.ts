import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testWooStore } from './woo.fixtures.ts';
import { serveStore } from './woo.server.ts';

const APP = 'https://app.example.test';
let shop: ReturnType<typeof testWooStore>;
let app: { origin: string; got: { url: string; body: string | null }[]; answer: number; close(): Promise<void> };

beforeEach(async () => {
  const got: { url: string; body: string | null }[] = [];
  const served = await serveStore(() => async ({ url, body }) => {
    got.push({ url, body });
    return { status: app.answer, headers: {}, body: Buffer.alloc(0) };
  });
  app = { ...served, got, answer: 200 };
  shop = testWooStore({ reach: (url) => (url.startsWith(APP) ? url.replace(APP, served.origin) : null) });
});
afterEach(async () => {
  await shop.close();
  await app.close();
});

const address = (more: Record<string, string> = {}): string => {
  const query = new URLSearchParams({
    app_name: 'Bazgasht',
    scope: 'read_write',
    user_id: 'token-1_a',
    return_url: `${APP}/return?state=abc_1-x`,
    callback_url: `${APP}/callback`,
    ...more,
  });
  return `https://sandbox-shop.example.test/wc-auth/v1/authorize?${query}`;
};

describe('wc-auth', () => {
  test('approving sends the keys to the callback, unsigned and without the address of the store, then leads back', async () => {
    const page = await shop.woo.connect.decide(address(), true);
    expect(page).toMatchObject({ status: 302, location: `${APP}/return?state=abc_1-x&success=1&user_id=token-1_a` });
    const sent = JSON.parse(app.got[0]?.body ?? '');
    expect(Object.keys(sent)).toEqual(['key_id', 'user_id', 'consumer_key', 'consumer_secret', 'key_permissions']);
    expect(sent).toMatchObject({ user_id: 'token-1_a', key_permissions: 'read_write' });
    expect(app.got[0]?.body).not.toContain('sandbox-shop');
    const authorization = `Basic ${Buffer.from(`${sent.consumer_key}:${sent.consumer_secret}`).toString('base64')}`;
    const url = 'https://sandbox-shop.example.test/wp-json/wc/v3/orders';
    expect((await shop.send({ url, headers: { authorization } })).status).toBe(200);
  });

  test.each([201, 204, 500])('a callback that answers %d is an error, and the keys are deleted', async (answer) => {
    app.answer = answer;
    expect((await shop.woo.connect.decide(address(), true)).status).toBe(500);
    expect(app.got).toHaveLength(1);
    expect(shop.state.keys).toEqual([shop.key]);
  });

  test('denying leads back with success=0 and gives nothing', async () => {
    const page = await shop.woo.connect.decide(address(), false);
    expect(page.location).toBe(`${APP}/return?state=abc_1-x&success=0&user_id=token-1_a`);
    expect(app.got).toEqual([]);
  });

  test('customers get 401, and whoever is not logged in is asked to', async () => {
    expect((await shop.woo.connect.visit(address(), 'customer')).status).toBe(401);
    expect((await shop.woo.connect.visit(address(), 'nobody')).location).toContain('/wc-auth/v1/login/?app_name=');
  });

  test.each([
    [{ callback_url: 'http://app.example.test/callback' }, 'needs to be over SSL'],
    [{ callback_url: 'nonsense' }, 'callback_url is not a valid URL'],
    [{ scope: 'everything' }, 'Invalid scope'],
    [{ user_id: '' }, 'Missing parameter user_id'],
  ])('%j is refused', async (more, why) => {
    const page = await shop.woo.connect.visit(address(more as never));
    expect([page.status, page.html.includes(why)]).toEqual([401, true]);
  });

  test('URLs are decoded on every hop: what needs encoding comes back broken', async () => {
    const page = await shop.woo.connect.decide(address({ return_url: `${APP}/return?state=a%26b%3Dc` }), true);
    expect(new URL(page.location ?? '').searchParams.get('state')).toBe('a');
  });

  test('plain permalinks have no such page', async () => {
    shop.woo.faults.plainPermalinks = true;
    expect((await shop.woo.connect.visit(address())).status).toBe(404);
  });

  test('the pages are there for a browser too', async () => {
    const page = await shop.send({ url: address() });
    const link = /href="([^"]+)" class="button button-primary/
      .exec(page.body.toString())?.[1]
      ?.replaceAll('&amp;', '&');
    const answer = await shop.send({ url: link ?? '' });
    expect([answer.status, answer.headers.location]).toEqual([302, expect.stringContaining('success=1')]);
    expect((await shop.send({ url: link ?? '' })).status).toBe(401);
  });
});
