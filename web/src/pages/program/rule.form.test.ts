import { describe, expect, test } from 'vitest';
import { earningRule, programRules } from '../../../../server/contracts/program.ts';
import type { EarningRule } from '../../api/program.ts';
import { formOfRule, newRule, type Place, RULE_TYPES, type RuleForm, ruleOfForm } from './rule.form.ts';

const place: Place = { currency: 'USD', showToman: false, timeZone: 'America/New_York' };
const rial: Place = { currency: 'IRR', showToman: true, timeZone: 'Asia/Tehran' };
const parsed = (rule: object): EarningRule => earningRule.parse({ id: 'a-rule', ...rule });
const read = (form: RuleForm, at = place): EarningRule => {
  const result = ruleOfForm(form, at);
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return result.rule;
};
const faults = (change: Partial<RuleForm>, type: RuleForm['type'] = 'spend') => {
  const result = ruleOfForm({ ...newRule(type, 'a-rule'), ...change }, place);
  return 'faults' in result ? result.faults : {};
};
const lists = { products: ['1', '2'], collections: ['9'], vendors: ['Acme, Ltd'], types: ['Tea'] };
const when = { from: 1_772_341_200_000, until: 1_775_016_000_001, weekdays: [6, 7], tiers: ['gold'] };

describe('a rule in a form', () => {
  const rules: [string, object][] = [
    ['spending, as it begins', { type: 'spend', points: 1, per: 100 }],
    [
      'spending, with everything',
      {
        type: 'spend',
        points: 3,
        per: 1050,
        rounding: 'nearest',
        minimum: 2_599,
        holdDays: 14,
        expiryMonths: 12,
        include: { tax: true, shipping: true },
        caps: { order: 500, day: 0, lifetime: 90_000 },
        enabled: false,
        only: lists,
        except: { ...lists, vendors: [] },
        when,
      },
    ],
    ['an order', { type: 'order', points: 10, minimum: 5_000, holdDays: 3, when }],
    ['the second order', { type: 'nth', n: 2, points: 100, expiryMonths: 6 }],
    ['an account', { type: 'signup', points: 50 }],
    ['a multiplier', { type: 'multiplier', percent: 150, only: lists, when }],
    ['an odd multiplier', { type: 'multiplier', percent: 115 }],
  ];
  test.each(rules)('%s comes out as it went in', (_name, rule) => {
    for (const at of [place, rial]) {
      const before = parsed(rule);
      expect(read(formOfRule(before, at), at)).toEqual(before);
    }
  });

  test.each(RULE_TYPES)('a new one of the type %s is one that the contract takes', (type) => {
    const rule = read(newRule(type, `${type}-1`));
    expect(programRules.parse({ earning: [rule] }).earning).toEqual([rule]);
  });

  test('amounts are typed in the currency, or in toman', () => {
    expect(read({ ...newRule('spend', 'a'), per: '10.50', minimum: '1,000' })).toMatchObject({
      per: 1_050,
      minimum: 100_000,
    });
    expect(read({ ...newRule('spend', 'a'), per: '۱۰٬۰۰۰' }, rial)).toMatchObject({ per: 100_000 });
  });

  test('days are whole days of the shop', () => {
    const form = { ...newRule('order', 'a'), from: '2026-03-01', until: '2026-03-08' };
    // On 8 March the clocks of New York are put forward: it begins in winter time and ends in summer time.
    expect(read(form).when).toMatchObject({
      from: Date.parse('2026-03-01T05:00:00Z'),
      until: Date.parse('2026-03-09T04:00:00Z'),
    });
    expect(read(form, rial).when.from).toBe(Date.parse('2026-02-28T20:30:00Z'));
  });

  test('another day replaces an instant, the same day keeps it to the second', () => {
    const form = formOfRule(parsed({ type: 'order', points: 1, when }), place);
    expect(read(form).when).toMatchObject({ from: when.from, until: when.until });
    expect(read({ ...form, from: '2026-02-02' }).when).toMatchObject({
      from: Date.parse('2026-02-02T05:00:00Z'),
      until: when.until,
    });
    expect(read({ ...form, from: '', until: '' }).when).toMatchObject({ from: null, until: null });
  });

  test('lists are read line by line, each entry once', () => {
    const only = { products: ' 1 \n\n2\n1', collections: '', vendors: '', types: '' };
    expect(read({ ...newRule('multiplier', 'a'), only })).toMatchObject({
      only: { products: ['1', '2'], collections: [], vendors: [], types: [] },
    });
    expect(read({ ...newRule('multiplier', 'a'), only: { ...only, products: ' \n' } })).toMatchObject({ only: null });
  });

  test.each<[Partial<RuleForm>, object, RuleForm['type']?]>([
    [{ points: '1.5' }, { points: 'points' }],
    [
      { points: '-1', per: '0' },
      { points: 'points', per: 'per' },
    ],
    [{ per: '0.001' }, { per: 'per' }],
    [{ minimum: 'much' }, { minimum: 'minimum' }],
    [{ capDay: '1.5', capOrder: '' }, { capDay: 'cap' }],
    [
      { holdDays: '366', expiryMonths: '0' },
      { holdDays: 'holdDays', expiryMonths: 'expiryMonths' },
    ],
    [{ n: '0' }, { n: 'n' }, 'nth'],
    [{ factor: '0.5' }, { factor: 'factor' }, 'multiplier'],
    [{ factor: '1.005' }, { factor: 'factor' }, 'multiplier'],
    [{ factor: '101' }, { factor: 'factor' }, 'multiplier'],
    [{ from: '2026-03-02', until: '2026-03-01' }, { until: 'until' }],
    [{ only: { products: 'x'.repeat(65), collections: '', vendors: '', types: '' } }, { only: 'list' }],
  ])('says what is wrong with %j', (change, expected, type) => {
    expect(faults(change, type)).toEqual(expected);
  });
});
