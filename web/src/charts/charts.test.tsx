import { screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { show } from '../shell/show.fixtures.tsx';
import { Bars } from './bars.tsx';
import { Lines } from './line.tsx';
import { Sparkline } from './sparkline.tsx';

const points = ['2026-01', '2026-02', '2026-03'].map((key, at) => ({ key, label: `label ${key}`, value: at + 1 }));
const series = [{ name: 'New', tone: 'primary' as const, points }];
const format = (value: number): string => String(value);

/** jsdom lays nothing out: every element is as wide as this. */
beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      private readonly tell: ResizeObserverCallback;
      constructor(tell: ResizeObserverCallback) {
        this.tell = tell;
      }
      observe() {
        this.tell([{ contentRect: { width: 600 } } as ResizeObserverEntry], this as unknown as ResizeObserver);
      }
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const placesOf = (selector: string, attribute: string): number[] =>
  Array.from(screen.getByRole('img').querySelectorAll(selector), (one) => Number(one.getAttribute(attribute)));

describe('time runs in the direction of reading', () => {
  test.each(['en', 'fa'] as const)('in bars (%s)', async (locale) => {
    await show(<Bars label="By month" series={series} format={format} />, { locale });
    const places = placesOf('rect', 'x');
    expect(places).toHaveLength(3);
    expect(places).toEqual(places.toSorted((a, b) => (locale === 'fa' ? b - a : a - b)));
  });

  test.each(['en', 'fa'] as const)('in lines (%s)', async (locale) => {
    await show(<Lines label="By month" series={series} format={format} />, { locale });
    const places = placesOf('circle', 'cx');
    expect(places).toHaveLength(3);
    expect(places).toEqual(places.toSorted((a, b) => (locale === 'fa' ? b - a : a - b)));
  });

  test.each([
    ['en', 117],
    ['fa', 3],
  ] as const)('in a spark (%s)', async (locale, end) => {
    await show(<Sparkline values={[1, 2, 3]} label="By month" />, { locale });
    expect(placesOf('circle', 'cx')).toEqual([end]);
  });
});

test('a band is drawn behind the lines and named', async () => {
  await show(
    <Lines label="Share" series={series} format={format} band={{ from: 2, to: 3, name: 'Often published' }} />,
  );
  expect(screen.getByRole('img').querySelector('rect title')?.textContent).toBe('Often published');
});
