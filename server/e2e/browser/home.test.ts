import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { settled } from './looks.fixtures.ts';
import { buy, customerOf, giveBack } from './shopping.fixtures.ts';
import { type Locale, testSite, VIEWS } from './site.fixtures.ts';
import { formatOf, WORDS } from './words.fixtures.ts';

const site = testSite();

const orders = async (): Promise<number> => (await site.app().ask<{ orders: number }>('GET', '/api/v1/kpis')).orders;
const tile = (page: Page, locale: Locale, name: keyof (typeof WORDS)['en']['figures']['name']) =>
  page.getByRole('region', { name: WORDS[locale].figures.name[name], exact: true });

describe.each(VIEWS)('the first look, in %s on a %s', (locale, device) => {
  test('says who comes back, what they bring, and what is left to do', async () => {
    const page = await site.open('/', { locale, device });
    await settled(page);
    const { home } = WORDS[locale];
    for (const name of [home.guide.title, home.groups.return, home.groups.sales, home.groups.points]) {
      expect(await page.getByRole('heading', { level: 2, name, exact: true }).count()).toBe(1);
    }
    const shown = await tile(page, locale, 'orders').innerText();
    expect(shown).toContain(formatOf(locale).count(await orders()));
    expect(await page.locator('main').getByRole('alert').allInnerTexts()).toEqual([]);
  });
});

describe.each<Locale>(['en', 'fa'])('what happens in the store is seen here (%s)', (locale) => {
  test('an order brings figures and points up, its refund takes them back', async () => {
    const { count } = formatOf(locale);
    const app = site.app();
    const before = await orders();
    const email = `newcomer-${locale}@example.test`;
    const home = await site.open('/', { locale });
    await tile(home, locale, 'orders').getByText(count(before), { exact: true }).waitFor();

    const order = await buy(app, email);
    await home.reload();
    await tile(home, locale, 'orders')
      .getByText(count(before + 1), { exact: true })
      .waitFor();
    const { id, points } = await customerOf(app, email);
    expect(points).toBeGreaterThan(0);
    const words = WORDS[locale].customer;
    const available = (page: Page) =>
      page.getByRole('term').filter({ hasText: words.points.available }).locator('xpath=following-sibling::dd[1]');
    const customer = await site.open(`/customers/${id}`, { locale });
    await available(customer).getByText(count(points), { exact: true }).waitFor();

    await giveBack(app, order);
    await home.reload();
    await tile(home, locale, 'orders').getByText(count(before), { exact: true }).waitFor();
    await customer.reload();
    await available(customer).getByText(count(0), { exact: true }).waitFor();
  });
});
