import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { openStore, type SandboxApp } from '../../../tools/sandbox-app.ts';

/** Longer than anything takes on a busy machine, and short enough for a test to say what it waited for. */
const PATIENCE_MS = 30_000;

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

type How = { locale?: Locale; device?: Device };

type Windows = {
  /** A window of its own with nothing in it yet. */
  blank(how?: How): Promise<Page>;
  /** What a test has go wrong on purpose: errors like this are no faults of it. */
  expectFault(like: RegExp): void;
};

export type Site = Windows & {
  /** The app and its sandbox store, the same for all tests of a file. */
  app(): SandboxApp;
  /** A page of the admin in a window of its own, once it shows its heading. */
  open(path: string, how?: How): Promise<Page>;
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

/** For tests only: windows of the shared browser, closed after each test, which fails where a page in them had a fault. */
function testWindows(): Windows {
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  const expected: RegExp[] = [];
  beforeAll(async () => {
    browser = await chromium.connect(inject('browser'));
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    const found = faults.splice(0).filter((fault) => !expected.some((like) => like.test(fault)));
    expected.length = 0;
    expect(found, 'faults of the pages').toEqual([]);
  });
  return {
    async blank({ locale = 'en', device = 'desktop' } = {}) {
      if (!browser) throw new Error('The browser is there once the tests begin.');
      const language = locale === 'fa' ? 'fa-IR' : 'en-US';
      const context = await browser.newContext({ viewport: VIEWPORTS[device], locale: language, timezoneId: 'UTC' });
      context.setDefaultTimeout(PATIENCE_MS);
      contexts.push(context);
      const page = await context.newPage();
      watch(page, faults);
      return page;
    },
    expectFault: (like) => void expected.push(like),
  };
}

/** For tests only: the app with a sandbox store for the tests of a file, and windows to look at it. */
export function testSite(): Site {
  const windows = testWindows();
  let started: SandboxApp | undefined;
  beforeAll(async () => {
    started = await openStore(inject('store'));
  });
  afterAll(() => started?.stop());
  const app = (): SandboxApp => {
    if (!started) throw new Error('The app is there once the tests begin.');
    return started;
  };
  return {
    ...windows,
    app,
    async open(path, how = {}) {
      const page = await windows.blank(how);
      await page.goto(addressOf(app().url, path, how.locale ?? 'en'));
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
  };
}
