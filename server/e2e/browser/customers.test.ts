import { beforeAll, describe, expect, test } from 'vitest';
import { buy, customerOf } from './shopping.fixtures.ts';
import { type Device, type Locale, testSite } from './site.fixtures.ts';
import { filled, formatOf, WORDS } from './words.fixtures.ts';

const EMAIL = 'regular@example.test';
const site = testSite();
beforeAll(async () => {
  await buy(site.app(), EMAIL);
});

describe.each<[Locale, Device]>([
  ['en', 'desktop'],
  ['fa', 'phone'],
])('customers, in %s on a %s', (locale, device) => {
  const { customer: words, customers, common } = WORDS[locale];
  const { count } = formatOf(locale);

  test('are found by how their address begins, and the address of the page keeps it', async () => {
    const page = await site.open('/customers', { locale, device });
    await page.getByRole('searchbox', { name: customers.search }).fill('regular@');
    const table = page.getByRole('table', { name: customers.caption });
    await page.waitForURL(({ searchParams }) => searchParams.get('query') === 'regular@');
    await table.getByRole('row').nth(2).waitFor({ state: 'detached' });
    await table.getByRole('row').filter({ hasText: EMAIL }).waitFor();
    await page.reload();
    await table.getByRole('row').filter({ hasText: EMAIL }).getByRole('link').click();
    await page.getByRole('heading', { level: 2, name: words.ledger.title }).waitFor();
    await page.goBack();
    await table.getByRole('row').filter({ hasText: EMAIL }).waitFor();
    expect(await table.getByRole('row').count()).toBe(2);
  });

  test('get points by hand, and lose them again by undoing it', async () => {
    const { id, points } = await customerOf(site.app(), EMAIL);
    const page = await site.open(`/customers/${id}`, { locale, device });
    const balance = page
      .getByRole('term')
      .filter({ hasText: words.points.available })
      .locator('xpath=following-sibling::dd[1]');
    await balance.getByText(count(points), { exact: true }).waitFor();

    await page.getByRole('button', { name: words.adjust.action }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words.adjust.points, { exact: true }).fill(count(50));
    await dialog.getByLabel(words.adjust.reason, { exact: true }).fill('Lost parcel');
    await dialog.getByText(filled(words.adjust.after, { points: count(points + 50) })).waitFor();
    await dialog.getByRole('button', { name: words.adjust.save, exact: true }).click();
    await balance.getByText(count(points + 50), { exact: true }).waitFor();

    await page.getByRole('status').getByRole('button', { name: common.actions.undo }).click();
    await balance.getByText(count(points), { exact: true }).waitFor();
    await page.getByText(words.adjust.undone).waitFor();
    expect((await customerOf(site.app(), EMAIL)).points).toBe(points);
  });

  test('an adjustment without a reason is not sent, and the form says why', async () => {
    const { id, points } = await customerOf(site.app(), EMAIL);
    const page = await site.open(`/customers/${id}`, { locale, device });
    await page.getByRole('button', { name: words.adjust.action }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words.adjust.points, { exact: true }).fill('0');
    await dialog.getByRole('button', { name: words.adjust.save, exact: true }).click();
    await dialog.getByText(words.adjust.badPoints).waitFor();
    await dialog.getByText(words.adjust.badReason).waitFor();
    expect((await customerOf(site.app(), EMAIL)).points).toBe(points);
  });
});
