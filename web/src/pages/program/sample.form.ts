import type { ProgramRules, SampleOrder } from '../../api/program.ts';
import { type MoneyHabit, minorOfTyped, typedOfMinor, wholeOfTyped } from '../../format/minor.ts';

export type SampleLine = { key: number; price: string; quantity: string; product: string };
/** A sample order as it is typed. */
export type SampleForm = {
  lines: SampleLine[];
  discount: string;
  shipping: string;
  tax: string;
  tier: string;
  nth: string;
  on: string;
};
export type SampleFaults = Partial<
  Record<'discount' | 'shipping' | 'tax' | 'nth' | `price${number}` | `quantity${number}`, string>
>;

/** A first order of a hundred times what the first spending rule asks for. */
export function newSample({ earning }: ProgramRules, habit: MoneyHabit): SampleForm {
  const spend = earning.find((rule) => rule.type === 'spend');
  const price = spend ? typedOfMinor(spend.per * 100, habit) : '100';
  return {
    lines: [{ key: 1, price, quantity: '1', product: '' }],
    discount: '',
    shipping: '',
    tax: '',
    tier: '',
    nth: '1',
    on: '',
  };
}

/** The order that was typed, with the rules to try, or what is wrong with which field. */
export function sampleOfForm(
  form: SampleForm,
  rules: ProgramRules,
  habit: MoneyHabit,
): { order: SampleOrder } | { faults: SampleFaults } {
  const faults: SampleFaults = {};
  const optional = (field: 'discount' | 'shipping' | 'tax'): number => {
    if (form[field].trim() === '') return 0;
    const amount = minorOfTyped(form[field], habit);
    if (amount === null) faults[field] = 'amount';
    return amount ?? 0;
  };
  const lines = form.lines.map(({ key, price, quantity, product }) => {
    const unitPrice = minorOfTyped(price, habit);
    const pieces = wholeOfTyped(quantity);
    if (unitPrice === null || unitPrice > 1_000_000_000_000) faults[`price${key}`] = 'amount';
    if (pieces === null || pieces < 1 || pieces > 10_000) faults[`quantity${key}`] = 'quantity';
    return { unitPrice: unitPrice ?? 0, quantity: pieces ?? 1, product: product.trim() === '' ? null : product.trim() };
  });
  const nth = wholeOfTyped(form.nth);
  if (nth === null || nth < 1 || nth > 1000) faults.nth = 'n';
  const amounts = { discount: optional('discount'), shipping: optional('shipping'), tax: optional('tax') };
  if (Object.keys(faults).length > 0) return { faults };
  const tier = form.tier === '' ? null : form.tier;
  return { order: { rules, lines, ...amounts, tier, nth: nth ?? 1, ...(form.on === '' ? {} : { on: form.on }) } };
}
