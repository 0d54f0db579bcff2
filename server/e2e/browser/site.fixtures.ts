import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { openStore, type SandboxApp } from '../../../tools/sandbox-app.ts';

export type Locale = 'en' | 'fa';
export type Device = 'desktop' | 'phone';

const VIEWPORTS: Record<Device, { width: number; height: number }> = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
};

/** Every way in which a page is looked at. */
export const VIEWS: [Locale, Device][] = [
  ['en', 'desktop'],
  ['en', 'phone'],
  ['fa', 'desktop'],
  ['fa', 'phone'],
];

export type Site = {
  /** The app and its sandbox store, the same for all tests of a file. */
  app(): SandboxApp;
  /** A page of the admin in a window of its own, once it shows its heading. */
  open(path: string, how?: { locale?: Locale; device?: Device }): Promise<Page>;
  /** A window of its own with nothing in it yet. */
  blank(how?: { locale?: Locale; device?: Device }): Promise<Page>;
  /** What a test has go wrong on purpose: errors like this are no faults of it. */
  expectFault(like: RegExp): void;
};

/** The address of a page of the admin: the language is a part of it. */
const addressOf = (url: string, path: string, locale: Locale): string => {
  const address = new URL(`/app${path}`, url);
  address.searchParams.set('locale', locale);
  return address.href;
};

/** Notes what no page may do: fail in its scripts, complain, or ask anybody but this machine. */
function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`page error: ${error.stack ?? error}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const here = hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1';
    if (/^(https?|wss?):$/.test(protocol) && !here) faults.push(`asked elsewhere: ${request.url()}`);
  });
}

/** For tests only: a site of its own for the tests of a file. A test fails where one of its pages had a fault. */
export function testSite(): Site {
  let browser: Browser | undefined;
  let app: SandboxApp | undefined;
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  const expected: RegExp[] = [];
  beforeAll(async () => {
    [browser, app] = await Promise.all([chromium.connect(inject('browser')), openStore(inject('store'))]);
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), app?.stop()]);
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    const found = faults.splice(0).filter((fault) => !expected.some((like) => like.test(fault)));
    expected.length = 0;
    expect(found, 'faults of the pages').toEqual([]);
  });
  const running = (): SandboxApp => {
    if (!app) throw new Error('The app is started before the tests.');
    return app;
  };
  const blank: Site['blank'] = async ({ locale = 'en', device = 'desktop' } = {}) => {
    if (!browser) throw new Error('The browser is started before the tests.');
    const language = locale === 'fa' ? 'fa-IR' : 'en-US';
    const context = await browser.newContext({ viewport: VIEWPORTS[device], locale: language, timezoneId: 'UTC' });
    contexts.push(context);
    const page = await context.newPage();
    watch(page, faults);
    return page;
  };
  return {
    app: running,
    blank,
    async open(path, how = {}) {
      const page = await blank(how);
      await page.goto(addressOf(running().url, path, how.locale ?? 'en'));
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
    expectFault: (like) => void expected.push(like),
  };
}
