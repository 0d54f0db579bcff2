import { describe, expect, it } from 'vitest';
import { createFormat } from '../../format/format.ts';
import { actorOf, changesOf, type Words } from './changes.ts';

const habits = { calendar: 'gregory', timeZone: 'UTC', currency: 'USD', showToman: false } as const;
const english = createFormat({ ...habits, locale: 'en' });
const known: Record<string, string> = { yes: 'yes', no: 'no', gregory: 'Gregorian', persian: 'Persian' };
const words: Words = {
  field: (name) => ({ calendar: 'Calendar' })[name] ?? null,
  value: (value) => known[value] ?? null,
};
const changes = (before: unknown, after: unknown, format = english) => changesOf(before, after, words, format);

describe('what changed', () => {
  it('leaves out what stayed as it was', () => {
    const [before, after] = [
      { calendar: 'gregory', grossMargin: 4000 },
      { calendar: 'persian', grossMargin: 4000 },
    ];
    expect(changes(before, after)).toEqual([{ field: 'Calendar', from: 'Gregorian', to: 'Persian' }]);
  });

  it.each([
    ['a share', 'grossMargin', 4550, '45.5%'],
    ['an amount', 'acquisitionCost', 1250, '$12.50'],
    ['what a point costs', 'pointCost', 1000, '$0.01'],
    ['an instant', 'effectiveFrom', Date.UTC(2026, 2, 21, 9), '21 Mar 2026, 09:00'],
    ['a count', 'available', 12345, '12,345'],
    ['yes and no', 'showToman', true, 'yes'],
    ['a list', 'scopes', ['read_orders', 'write_orders'], 'read_orders, write_orders'],
    ['something deeper', 'rules', { a: [1] }, '{"a":[1]}'],
  ])('shows %s as it is read', (_name, field, value, shown) => {
    expect(changes(null, { [field]: value })).toEqual([{ field, from: null, to: shown }]);
  });

  it('counts in minor units of currencies that have none', () => {
    const rials = createFormat({ ...habits, currency: 'IRR', showToman: true, locale: 'fa' });
    expect(changes({ acquisitionCost: null }, { acquisitionCost: 500_000 }, rials)).toEqual([
      { field: 'acquisitionCost', from: null, to: '۵۰٬۰۰۰ تومان' },
    ]);
  });

  it('cuts what nobody reads in a log', () => {
    expect(changes(null, { text: 'x'.repeat(500) })[0]?.to).toHaveLength(121);
  });

  it('is nothing where nothing was kept, or where it was erased', () => {
    expect(changes(null, null)).toEqual([]);
    expect(changes('erased', undefined)).toEqual([]);
  });
});

it('tells who it was', () => {
  expect(actorOf('user:wp:7')).toEqual({ kind: 'user', id: 'wp:7' });
  expect(actorOf('shopify')).toEqual({ kind: 'shopify', id: '' });
});
