import { describe, expect, test } from 'vitest';
import { sampleOrder } from '../../../../server/contracts/calculator.ts';
import { programRules } from '../../../../server/contracts/program.ts';
import { newRuleId, placeOfFault, same, withoutRule, withRule, withTiers } from './draft.rules.ts';
import { newSample, sampleOfForm } from './sample.form.ts';
import { usualTiers } from './tiers.form.ts';

const habit = { currency: 'USD', showToman: false };
const rules = programRules.parse({
  earning: [
    { id: 'spend', type: 'spend', points: 1, per: 100 },
    { id: 'order', type: 'order', points: 5 },
  ],
});

describe('a draft', () => {
  test('is the same whatever the order of its names', () => {
    expect(same({ a: 1, b: { c: [1, 2], d: null } }, { b: { d: null, c: [1, 2] }, a: 1 })).toBe(true);
    expect(same({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
    expect(same(rules, withTiers(rules, usualTiers()))).toBe(false);
    expect(same(rules, withTiers(withTiers(rules, usualTiers()), undefined))).toBe(true);
  });

  test('takes a rule in its place, or at the end', () => {
    const [first, second] = rules.earning as [(typeof rules.earning)[number], (typeof rules.earning)[number]];
    expect(withRule(rules, { ...first, enabled: false }).earning).toEqual([{ ...first, enabled: false }, second]);
    expect(withRule(rules, { ...first, id: 'new' }).earning.map(({ id }) => id)).toEqual(['spend', 'order', 'new']);
    expect(withoutRule(rules, 'spend').earning).toEqual([second]);
  });

  test('names new rules as the contract wants, each differently', () => {
    const ids = Array.from({ length: 50 }, () => newRuleId('multiplier'));
    expect(new Set(ids).size).toBe(50);
    const earning = ids.map((id) => ({ id, type: 'multiplier', percent: 100 }));
    expect(programRules.safeParse({ earning }).success).toBe(true);
    expect(newRuleId('spend', () => 0)).toBe('spend-000000');
  });

  test('knows what a fault of the server is about', () => {
    expect(placeOfFault('rules.earning.2.points')).toEqual({ kind: 'rule', index: 2 });
    expect(placeOfFault('rules.tiers.levels.1.threshold')).toEqual({ kind: 'level', index: 1 });
    expect(placeOfFault('rules.clawback')).toEqual({ kind: 'other', index: -1 });
  });
});

describe('a sample order', () => {
  const form = newSample(rules, habit);

  test('begins with one that earns a hundred points', () => {
    expect(form.lines[0]?.price).toBe('100');
    const read = sampleOfForm(form, rules, habit);
    expect(sampleOrder.parse('order' in read ? read.order : {})).toMatchObject({
      lines: [{ product: null, quantity: 1, unitPrice: 10_000 }],
      discount: 0,
      nth: 1,
      tier: null,
      rules,
    });
  });

  test('is read as it was typed', () => {
    const lines = [{ key: 4, price: '۱۹٫۹۹', quantity: '3', product: ' 77 ' }];
    const typed = {
      ...form,
      lines,
      discount: '5',
      shipping: '4.50',
      tax: '',
      tier: 'gold',
      nth: '2',
      on: '2026-03-21',
    };
    expect(sampleOfForm(typed, rules, habit)).toEqual({
      order: {
        rules,
        lines: [{ unitPrice: 1_999, quantity: 3, product: '77' }],
        discount: 500,
        shipping: 450,
        tax: 0,
        tier: 'gold',
        nth: 2,
        on: '2026-03-21',
      },
    });
  });

  test('says what is wrong with which field', () => {
    const lines = [{ key: 2, price: '', quantity: '0', product: '' }];
    expect(sampleOfForm({ ...form, lines, discount: 'x', nth: '0' }, rules, habit)).toEqual({
      faults: { price2: 'amount', quantity2: 'quantity', discount: 'amount', nth: 'n' },
    });
  });
});
