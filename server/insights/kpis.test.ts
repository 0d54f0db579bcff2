import { expect, test } from 'vitest';
import { packColumns, readColumns } from './columns.rules.ts';
import { kpisFrom } from './kpis.rules.ts';
import { chunkOf, numbersOf } from './numbers.rules.ts';

test('a source may have any name, those of an object’s own properties too', () => {
  const order = { day: 20_458, net: 1000, sales: 1000 };
  const orders = [0, 1].map((channel) => ({ ...order, channel }));
  const chunk = chunkOf(0, readColumns(packColumns([{ key: 1, orders }])));
  const asked = { from: '2026-01-01', to: '2026-12-31', window: 365, currency: 'USD' };
  const { sources, channels } = kpisFrom(
    numbersOf({ chunks: [chunk], anonymous: [] }, { ...asked, calendar: 'gregory' }),
    asked,
    {
      economics: { grossMargin: null, acquisitionCost: null, pointCost: null },
      pointsDays: [],
      sources: new Map([
        [0, 'constructor'],
        [1, '__proto__'],
      ]),
    },
  );
  const half = { orders: 1, revenue: 10, share: 0.5 };
  expect(Object.entries(sources)).toEqual([
    ['constructor', half],
    ['__proto__', half],
  ]);
  expect(channels).toEqual({ other: { orders: 2, revenue: 20, share: 1 } });
});
