// Takes the pictures of docs/images: the pages of the admin in both languages, on a desktop and on a phone. The store's
// history and the clock are fixed, so that a picture changes only where a page did. Names as arguments take only those.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { createApp } from '../server/app.ts';
import { loadConfig } from '../server/config.ts';
import { openBrowser } from './browser.ts';
import { askApp, buildAdmin } from './sandbox-app.ts';

const NOW = Date.UTC(2026, 10, 20, 9, 30);
const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url));
const DESKTOP = { width: 1200, height: 820 };
const PHONE = { width: 390, height: 780 };

type Picture = { name: string; path: string; viewport: typeof DESKTOP };
type Program = { version: number; rules: { tiers?: { enabled: boolean } } };
type Line = { id: string; orders: number; name: string | null };

const pictures = (customer: string): Picture[] => [
  { name: 'home', path: '/', viewport: DESKTOP },
  { name: 'insights', path: '/insights?range=last365', viewport: DESKTOP },
  { name: 'customers', path: '/customers', viewport: DESKTOP },
  { name: 'customer', path: `/customers/${customer}`, viewport: DESKTOP },
  { name: 'program', path: '/program', viewport: DESKTOP },
  { name: 'home-phone', path: '/', viewport: PHONE },
  { name: 'customer-phone', path: `/customers/${customer}`, viewport: PHONE },
];

/** The app in this process, where its clock can be given to it. */
async function startStore(folder: string) {
  const environment = { DATABASE_URL: `file:${join(folder, 'app.db')}`, SANDBOX: 'on', LOG_LEVEL: 'error', PORT: '0' };
  const app = await createApp(loadConfig(environment), { clock: { now: () => NOW } });
  const server = createServer(app.http);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await app.start(url);
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await app.stop();
  };
  return { url, stop };
}

/** A merchant who has said everything and turned tiers on: pages with nothing left empty. @returns a regular's id */
async function furnish(url: string): Promise<string> {
  const { version, rules } = await askApp<Program>(url, 'GET', '/api/v1/program');
  const tiers = rules.tiers && { ...rules.tiers, enabled: true };
  await askApp(url, 'PUT', '/api/v1/program', { version, rules: { ...rules, ...(tiers ? { tiers } : {}) } });
  const economics = { grossMargin: 0.45, acquisitionCost: 18, pointCost: 0.01 };
  await askApp(url, 'PATCH', '/api/v1/shop', { economics });
  await askApp(url, 'POST', '/sandbox/clock', { advance: 'PT1H' });
  const { items } = await askApp<{ items: Line[] }>(url, 'GET', '/api/v1/customers?limit=100');
  return items.find(({ name, orders }) => name !== null && orders >= 4)?.id ?? items[0]?.id ?? '';
}

async function take(browser: Browser, url: string, locale: string, { name, path, viewport }: Picture): Promise<void> {
  const context = await browser.newContext({ viewport, locale: locale === 'fa' ? 'fa-IR' : 'en-US' });
  // Put away by a merchant who is done with it; it would fill the first screen.
  await context.addInitScript(`localStorage.setItem('bazgasht.guide-hidden', '[1]')`);
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.goto(`${url}/app${path}${path.includes('?') ? '&' : '?'}locale=${locale}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' });
  const file = join(IMAGES, `${name}-${locale}.png`);
  // Nothing moves, and no cursor blinks.
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  console.log(`docs/images/${name}-${locale}.png  ${Math.round(statSync(file).size / 1024)} KB`);
  await context.close();
}

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'bazgasht-screenshots-'));
buildAdmin();
const store = await startStore(folder);
const browser = await openBrowser();
try {
  const customer = await furnish(store.url);
  for (const picture of pictures(customer)) {
    if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
    for (const locale of ['en', 'fa']) await take(browser, store.url, locale, picture);
  }
} finally {
  await browser.close();
  await store.stop();
  rmSync(folder, { recursive: true, force: true });
}
