import { describe, expect, it } from 'vitest';
import { shop } from '../../app.fixtures.tsx';
import { changeOf, type Draft, draftOf, faultOf, isDirty } from './draft.ts';

const dollars = shop({ economics: { grossMargin: 0.455, acquisitionCost: 12.5, pointCost: null } });
const rials = shop({
  currency: 'IRR',
  showToman: true,
  economics: { grossMargin: null, acquisitionCost: 500_000, pointCost: 1000 },
});
const edited = (base: typeof dollars, change: Partial<Draft>): Draft => ({ ...draftOf(base), ...change });

describe('the form', () => {
  it('begins with what is set, as the merchant reads it', () => {
    expect(draftOf(dollars)).toMatchObject({ grossMargin: '45.5', acquisitionCost: '12.5', pointCost: '' });
    expect(draftOf(rials)).toMatchObject({ acquisitionCost: '50000', pointCost: '100' });
    expect(isDirty(dollars, draftOf(dollars))).toBe(false);
  });

  it('sends what differs and nothing else', () => {
    expect(changeOf(dollars, draftOf(dollars))).toBeNull();
    expect(changeOf(dollars, edited(dollars, { locale: 'fa', pointCost: '0.01' }))).toEqual({
      locale: 'fa',
      economics: { pointCost: 0.01 },
    });
    expect(changeOf(dollars, edited(dollars, { calendar: 'persian' }))).toEqual({ calendar: 'persian' });
  });

  it('sends what toman are in rials, and per cents as a share without crumbs', () => {
    expect(changeOf(rials, edited(rials, { acquisitionCost: '۶۰٬۰۰۰' }))).toEqual({
      economics: { acquisitionCost: 600_000 },
    });
    expect(changeOf(dollars, edited(dollars, { grossMargin: '۵۵٫۱' }))).toEqual({ economics: { grossMargin: 0.551 } });
  });

  it('takes the same number written otherwise for the same', () => {
    const same = edited(dollars, { grossMargin: '۴۵٫۵۰' });
    expect(isDirty(dollars, same)).toBe(true);
    expect(changeOf(dollars, same)).toBeNull();
  });

  it.each([
    ['grossMargin', '101', 'tooHigh'],
    ['grossMargin', '100', null],
    ['grossMargin', 'many', 'notNumber'],
    ['acquisitionCost', '-1', 'tooLow'],
    ['acquisitionCost', '1000001', 'tooHigh'],
    ['acquisitionCost', ' ', 'notEmpty'],
    ['pointCost', '', null],
  ] as const)('%s %j is %s', (cost, text, fault) => {
    const draft = edited(dollars, { [cost]: text });
    expect(faultOf(dollars, draft, cost)).toBe(fault);
    if (fault !== null) expect(changeOf(dollars, draft)).toBeNull();
  });

  it('takes no more toman than there are rials', () => {
    expect(faultOf(rials, edited(rials, { pointCost: '100000' }), 'pointCost')).toBeNull();
    expect(faultOf(rials, edited(rials, { pointCost: '100001' }), 'pointCost')).toBe('tooHigh');
  });
});
