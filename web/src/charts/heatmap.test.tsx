import { screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { show } from '../shell/show.fixtures.tsx';
import { Heatmap } from './heatmap.tsx';

const cell = (value: number, open = false) => ({
  value,
  text: `${value}`,
  label: `${value} of January`,
  url: `/customers?group=${value}`,
  open,
});
const map = (
  <Heatmap
    caption="Who came back"
    corner="First order"
    columns={['0', '1', '2'].map((key) => ({ key, title: `month ${key}` }))}
    rows={[
      { key: 'a', title: 'January', cells: [cell(9), cell(5), cell(2, true)] },
      { key: 'b', title: 'February', cells: [cell(8), cell(4, true)] },
    ]}
    openNote="Not over yet"
  />
);

describe('a heatmap', () => {
  test.each(['en', 'fa'] as const)(
    'is a table with headings, its columns in the order of reading (%s)',
    async (locale) => {
      await show(map, { locale });
      const table = screen.getByRole('table', { name: 'Who came back' });
      const headings = within(table)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent);
      // The page says in which direction it is read; the table has none of its own, so the first month stands at its beginning.
      expect(headings).toEqual(['First order', 'month 0', 'month 1', 'month 2']);
      expect(table.closest('[dir]')?.getAttribute('dir')).toBe(locale === 'fa' ? 'rtl' : 'ltr');
      expect(
        within(table)
          .getAllByRole('rowheader')
          .map(({ textContent }) => textContent),
      ).toEqual(['January', 'February']);
    },
  );

  test('leads from each cell to its customers, and says what the cell is', async () => {
    await show(map);
    const link = screen.getByRole('link', { name: '5 of January' });
    expect(link.getAttribute('href')).toBe('/customers?group=5');
    expect(screen.getAllByRole('link')).toHaveLength(5);
  });

  test('leaves out what there is not, and tells what is not over', async () => {
    await show(map);
    const february = screen.getByRole('row', { name: /February/ });
    expect(
      within(february)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['8', '4', '']);
    const note = screen.getByRole('table').getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(note)?.textContent).toBe('Not over yet');
  });
});
