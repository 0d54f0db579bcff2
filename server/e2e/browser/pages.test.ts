import { beforeAll, describe, expect, test } from 'vitest';
import { barriersOn, looksOf, settled } from './looks.fixtures.ts';
import { testSite, VIEWS } from './site.fixtures.ts';

/** Every page, and every part of one that has an address of its own. */
const PAGES = [
  ...['/', '/insights', '/insights?tab=rfm', '/insights?tab=months', '/insights?tab=retention', '/insights?tab=points'],
  ...['/customers', '/customers/CUSTOMER', '/program', '/activity', '/activity?tab=jobs', '/activity?tab=audit'],
  ...['/activity?tab=outgoing', '/activity?tab=outgoing&state=queued'],
  ...['/settings', '/settings?tab=data', '/settings?tab=keys', '/settings?tab=connection', '/nowhere'],
];
const site = testSite();
let customer = '';
beforeAll(async () => {
  const { items } = await site.app().ask<{ items: { id: string }[] }>('GET', '/api/v1/customers?limit=1');
  customer = items[0]?.id ?? '';
});

describe.each(VIEWS)('in %s on a %s', (locale, device) => {
  test.each(PAGES)('%s reads well, fits and has no barriers', async (path) => {
    const page = await site.open(path.replace('CUSTOMER', customer), { locale, device });
    await settled(page);
    const { direction, text, letters, sideways } = await looksOf(page);
    expect(direction).toBe(locale === 'fa' ? 'rtl' : 'ltr');
    expect(text.length).toBeGreaterThan(80);
    expect(text).not.toMatch(/undefined|\[object|NaN|Invalid Date/);
    if (locale === 'fa') expect(letters.persian).toBeGreaterThan(letters.latin);
    expect(sideways).toBeLessThanOrEqual(0);
    expect(await barriersOn(page)).toEqual([]);
  });
});
