import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settled } from './looks.fixtures.ts';
import { testSite } from './site.fixtures.ts';
import { type Dashboard, testDashboard } from './wordpress.fixtures.ts';

const site = testSite();

describe('inside of WordPress', () => {
  let dashboard: Dashboard;
  beforeAll(async () => {
    dashboard = await testDashboard();
  });
  afterAll(() => dashboard.close());

  test('the store’s dashboard shows the admin, and hands it new tokens by message', async () => {
    const page = await site.blank();
    await page.goto(dashboard.address);
    const admin = page.frameLocator('iframe');
    await admin.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await admin.getByRole('link', { name: 'Settings' }).click();
    await admin.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await expect.poll(dashboard.asked).toBeGreaterThan(0);
    await page.waitForLoadState('networkidle');
    await expect.poll(() => admin.getByRole('alert').count()).toBe(0);
  });

  test('the token is out of sight as soon as the page has it', async () => {
    const page = await site.blank();
    await page.goto(dashboard.address);
    await page.frameLocator('iframe').getByRole('heading', { level: 1 }).waitFor();
    expect(page.frames().map((frame) => frame.url())).not.toContainEqual(expect.stringContaining('token='));
  });

  test('opened by itself it says where it belongs', async () => {
    const page = await site.blank();
    await page.goto(`${dashboard.admin}?locale=en`);
    await page.getByRole('heading', { level: 1, name: /from your shop’s admin/ }).waitFor();
  });

  test('nobody else can put it into a frame', async () => {
    site.expectFault(/frame-ancestors/);
    const page = await site.blank();
    await page.goto(dashboard.elsewhere);
    await expect.poll(() => page.frames().at(-1)?.url()).toMatch(/^chrome-error:/);
    expect(await page.frameLocator('iframe').getByRole('heading', { level: 1 }).count()).toBe(0);
  });
});

describe('inside of Shopify', () => {
  test('the pages are in Shopify’s own navigation, not in ours', async () => {
    const page = await site.open('/?embedded=1');
    await settled(page);
    const links = page.locator('ui-nav-menu a');
    expect(
      await links.evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).pathname)),
    ).toEqual([...['/app', '/app/insights', '/app/customers', '/app/program', '/app/activity', '/app/settings']]);
    expect(await page.getByRole('navigation', { name: 'Pages' }).count()).toBe(0);
  });

  test('every request carries a token that App Bridge gave', async () => {
    const page = await site.blank();
    const tokens: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/v1/')) tokens.push(request.headers().authorization);
    });
    await page.goto(`${site.app().url}/app?embedded=1&locale=en`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    expect(tokens.length).toBeGreaterThan(0);
    expect(tokens.every((token) => /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/.test(token ?? ''))).toBe(true);
  });
});
