import { screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Kpis, Trend } from '../api/numbers.ts';
import { show } from '../shell/show.fixtures.tsx';
import { FigureTiles, type Sources } from './figure-tiles.tsx';
import { FIGURES } from './figures.ts';

const chosen = {
  range: { from: '2026-05-01', to: '2026-05-31' },
  previous: { from: '2026-03-31', to: '2026-04-30' },
  preset: null,
};
const numbers = (returning: number): Kpis =>
  ({
    repeat_purchase_rate: 0.5,
    returning_customer_rate: returning,
    days_between_orders: { n: 3, mean: 9, median: 9 },
  }) as unknown as Kpis;
const month = (key: string, share: number, complete = true) => ({
  key,
  from: `${key}-01`,
  to: `${key}-30`,
  complete,
  return_share: share,
  crr: 97.2,
  crr_strict: 96.9,
  repeat_purchase_rate: 0.5,
  returning_customer_rate: share,
  median_days_between_orders: 9,
});
const trend = {
  currency: 'USD',
  months: [month('2026-03', 0.1), month('2026-04', 0.18), month('2026-05', 0.22), month('2026-06', 0.01, false)],
} as unknown as Trend;
const sources: Sources = { chosen, now: numbers(0.62), before: numbers(0.65), trend };

const tile = (name: string) => within(screen.getByRole('region', { name }));

describe('a figure', () => {
  test('says in words which way it went, and against which days', async () => {
    await show(<FigureTiles figures={FIGURES.return} sources={sources} />);
    const text = tile('Returning customer rate').getByText(/down/);
    expect(text.textContent).toContain('down 3 percentage points');
    expect(tile('Returning customer rate').getByText(/against 31 Mar – 30 Apr 2026/)).toBeTruthy();
    expect(tile('Repeat purchase rate').getByText(/no change/)).toBeTruthy();
  });

  test('of a month is of the last whole one, compared with the month before', async () => {
    await show(<FigureTiles figures={FIGURES.return} sources={sources} />);
    const share = tile('Monthly return share');
    expect(share.getByText('22%')).toBeTruthy();
    expect(share.getByText('May 2026')).toBeTruthy();
    expect(share.getByText(/up 4 percentage points/)).toBeTruthy();
    expect(share.getByRole('link').getAttribute('href')).toBe('/customers?group=month%3A2026-05%3Areturning');
  });

  test('has a published band beside it where there is one, never as the shop’s own', async () => {
    await show(<FigureTiles figures={FIGURES.return} sources={sources} />);
    expect(tile('Monthly return share').getByText('Often published: 20–30% a month')).toBeTruthy();
    expect(screen.getAllByText(/Often published/)).toHaveLength(1);
    expect(screen.getByRole('button', { name: 'How “Monthly return share” is counted' })).toBeTruthy();
  });

  test('leads to its customers of these days', async () => {
    await show(<FigureTiles figures={FIGURES.return} sources={sources} />);
    const link = screen.getByRole('link', { name: 'Show customers: Returning customer rate' });
    expect(link.getAttribute('href')).toBe('/customers?group=returning&from=2026-05-01&to=2026-05-31');
  });

  test('is busy while it is on its way, and says that nothing is known where nothing is', async () => {
    await show(<FigureTiles figures={FIGURES.return} sources={{ ...sources, now: undefined, trend: null }} />);
    expect(screen.getByRole('region', { name: 'Returning customer rate' }).getAttribute('aria-busy')).toBe('true');
    expect(tile('Monthly return share').getByText('—')).toBeTruthy();
  });

  test('speaks Persian', async () => {
    await show(<FigureTiles figures={FIGURES.return} sources={sources} />, { locale: 'fa' });
    expect(tile('نرخ مشتریان بازگشته').getByText(/۳ واحد درصد کمتر/)).toBeTruthy();
  });
});
