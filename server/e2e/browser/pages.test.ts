import { describe, expect, test } from 'vitest';
import { barriersOn, looksOf, settled } from './looks.fixtures.ts';
import { testSite, VIEWS } from './site.fixtures.ts';

const PAGES = ['/', '/insights', '/customers', '/program', '/activity', '/settings'];
const site = testSite();

describe.each(VIEWS)('in %s on a %s', (locale, device) => {
  test.each(PAGES)('%s reads well, fits and has no barriers', async (path) => {
    const page = await site.open(path, { locale, device });
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
