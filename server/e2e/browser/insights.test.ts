import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { type Locale, testSite } from './site.fixtures.ts';
import { WORDS } from './words.fixtures.ts';

type Cohort = { size: number; retention: number[] };

const site = testSite();

/** Rows of a file as the admin writes them: no cell of a cohort table has a comma in it. */
const rowsOf = (csv: string): string[][] =>
  csv
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

describe.each<Locale>(['en', 'fa'])('cohorts (%s)', (locale) => {
  const { insights: words, common } = WORDS[locale];

  test('can be taken along as a file, in full precision and in the page’s words', async () => {
    const { today } = await site.app().ask<{ today: string }>('GET', '/api/v1/shop');
    const days = `from=${Number(today.slice(0, 4)) - 1}-01-01&to=${today}`;
    const page = await site.open(`/insights?tab=cohorts&${days}`, { locale });
    await page.getByRole('table', { name: words.cohorts.caption.retention }).waitFor();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: common.actions.downloadCsv }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('cohorts-retention.csv');
    const bytes = await buffer(await saved.createReadStream());
    // By this mark spreadsheets know that the file is UTF-8.
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = bytes.toString();
    const [head = [], ...rows] = rowsOf(text);
    expect(head.slice(0, 3)).toEqual([words.cohorts.month, words.cohorts.size, '0']);

    const { cohorts } = await site.app().ask<{ cohorts: Record<string, Cohort> }>('GET', `/api/v1/kpis?${days}`);
    // Trailing cells of months to come are empty.
    const figures = rows.map(([key = '', ...cells]) => [key, ...cells.filter((cell) => cell !== '').map(Number)]);
    expect(figures).toEqual(Object.entries(cohorts).map(([key, { size, retention }]) => [key, size, ...retention]));
    expect(rows.length).toBeGreaterThan(12);
  });

  test('show in the address what is shown, so that a link shows it again', async () => {
    const page = await site.open('/insights?tab=cohorts', { locale });
    await page.getByRole('button', { name: words.cohorts.show.cumulative, exact: true }).click();
    const table = page.getByRole('table', { name: words.cohorts.caption.cumulative });
    await table.waitFor();
    await page.reload();
    await table.waitFor();
    expect(new URL(page.url()).searchParams.get('show')).toBe('cumulative');
  });

  test('lead to the very customers behind a cell', async () => {
    const page = await site.open('/insights?tab=cohorts', { locale });
    const table = page.getByRole('table', { name: words.cohorts.caption.retention });
    await table.getByRole('row').nth(2).getByRole('link').nth(1).click();
    await page.getByRole('heading', { level: 1, name: WORDS[locale].customers.title }).waitFor();
    expect(new URL(page.url()).searchParams.get('group')).toMatch(/^cohort:\d{4}-\d{2}:1$/);
    await page.getByRole('table', { name: WORDS[locale].customers.caption }).getByRole('row').nth(1).waitFor();
  });
});
