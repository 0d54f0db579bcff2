import { describe, expect, test } from 'vitest';
import { settled } from './looks.fixtures.ts';
import { type Device, type Locale, testSite } from './site.fixtures.ts';
import { filled, formatOf, WORDS } from './words.fixtures.ts';

type Level = { id: string; percent: number };
type Program = { version: number; rules: { tiers: { enabled: boolean; levels: Level[] } } };
type Preview = { members: number; up: number };

const site = testSite();
const inForce = (): Promise<Program> => site.app().ask<Program>('GET', '/api/v1/program');

describe.each<[Locale, Device, number]>([
  ['en', 'desktop', 150],
  ['fa', 'phone', 175],
])('tiers, in %s on a %s', (locale, device, percent) => {
  const { program: words, common } = WORDS[locale];
  const format = formatOf(locale);
  const factor = format.decimal(percent / 100, 2);

  test('are changed after a look at whom it would move, and hold once they are saved', async () => {
    const before = await inForce();
    const page = await site.open('/program', { locale, device });
    const table = page.getByRole('table', { name: words.tiers.title });
    const row = table.getByRole('row').nth(2);
    await page.getByRole('checkbox', { name: words.tiers.enabled }).check();
    await row.getByRole('button').first().click();
    const form = page.getByRole('dialog');
    await form.getByLabel(words.level.factor).fill(factor);
    await form.getByRole('button', { name: words.done, exact: true }).click();
    await row.getByText(filled(words.tiers.times, { factor })).waitFor();

    const [answered] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/tiers/preview')),
      page.getByRole('button', { name: words.preview.ask }).click(),
    ]);
    const { members, up } = (await answered.json()) as Preview;
    expect(members).toBeGreaterThan(1_000);
    const figure = (term: string) =>
      page.getByRole('term').filter({ hasText: term }).locator('xpath=following-sibling::dd[1]');
    await figure(words.preview.up).getByText(format.count(up), { exact: true }).waitFor();
    expect((await inForce()).version).toBe(before.version);

    await page
      .getByRole('region', { name: common.states.unsaved })
      .getByRole('button', { name: common.actions.save })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: common.actions.save, exact: true }).click();
    await page.getByText(words.saved.tiers).waitFor();
    const after = await inForce();
    expect(after.version).toBe(before.version + 1);
    expect(after.rules.tiers.enabled).toBe(true);
    expect(after.rules.tiers.levels[1]?.percent).toBe(percent);
    await page.reload();
    await settled(page);
    await row.getByText(filled(words.tiers.times, { factor })).waitFor();
  });
});
