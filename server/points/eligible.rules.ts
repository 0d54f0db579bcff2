import type { LineMatch, MultiplierRule, ProgramRules, SpendRule } from '../contracts/program.ts';
import { localDateTime } from '../shared/calendar.ts';
import { mulDiv } from '../shared/money.ts';

/** An order as earning rules see it. Amounts in minor units. */
export type EarningOrder = {
  id: string;
  platformId: string;
  customerId: string | null;
  placedAt: number;
  placedDay: string;
  paidAt: number | null;
  counts: boolean;
  earns: boolean;
  total: number;
  shipping: number;
  tax: number;
  creditPaid: number;
  plainRefunds: number[];
  lines: EarningLine[];
};

export type EarningLine = {
  productId: string | null;
  vendor: string | null;
  quantity: number;
  unitPrice: number;
  discount: number;
  taxIncluded: number;
  giftCard: boolean;
  refundedAmount: number;
};

/** What the shop's catalogue knows of a product; empty for one that it does not know. */
export type ProductFacts = { collections: readonly string[]; type: string | null };
export type Catalogue = (productId: string) => ProductFacts | undefined;

const has = (list: readonly string[], value: string | null): boolean => value !== null && list.includes(value);

/** Whether a line is one of those that a rule names. */
export function matches(match: LineMatch, line: EarningLine, catalogue: Catalogue): boolean {
  if (has(match.products, line.productId) || has(match.vendors, line.vendor)) return true;
  const product = line.productId === null ? undefined : catalogue(line.productId);
  if (!product) return false;
  return has(match.types, product.type) || match.collections.some((id) => product.collections.includes(id));
}

/** Whether a rule holds at the local instant at which an order was placed. */
export function holdsAt(when: SpendRule['when'], instant: number, zone: string): boolean {
  if (when.from !== null && instant < when.from) return false;
  if (when.until !== null && instant >= when.until) return false;
  if (when.weekdays.length === 0) return true;
  return when.weekdays.includes(localDateTime(instant, zone).weekday);
}

/** What the order's line multipliers and its own come to, in percent: of all that apply, the single highest. */
export function multipliers(rules: ProgramRules, order: EarningOrder, zone: string, catalogue: Catalogue) {
  const active = rules.earning.filter(
    (rule): rule is MultiplierRule =>
      rule.type === 'multiplier' && rule.enabled && holdsAt(rule.when, order.placedAt, zone),
  );
  const ofOrder = Math.max(100, ...active.filter((rule) => rule.only === null).map((rule) => rule.percent));
  const ofLine = (line: EarningLine): number =>
    Math.max(
      ofOrder,
      ...active.filter((rule) => rule.only !== null && matches(rule.only, line, catalogue)).map((rule) => rule.percent),
    );
  return { ofOrder, ofLine };
}

/** A line's worth after discounts, without the tax inside its price unless that counts. */
const worth = (line: EarningLine, withTax: boolean): number =>
  Math.max(0, line.unitPrice * line.quantity - line.discount - (withTax ? 0 : line.taxIncluded));

/** What is left of a line's worth after what came back. */
const left = (line: EarningLine, withTax: boolean): number => Math.max(0, worth(line, withTax) - line.refundedAmount);

/**
 * The part of an order that earns under a spend rule, and the same with every line weighted by its multiplier (×100).
 * Goods after discounts, less goods given back; gift cards earn nothing; refunds without lines, and what gift cards or
 * store credit paid, each lower it by amount × eligible ÷ total, rounded half up.
 */
export function eligibleAmount(
  order: EarningOrder,
  rule: Pick<SpendRule, 'include' | 'only' | 'except'>,
  catalogue: Catalogue,
  percentOf: (line: EarningLine) => number = () => 100,
): { eligible: number; weighted: number } {
  const lines = order.lines.filter(
    (line) =>
      !line.giftCard &&
      (rule.only === null || matches(rule.only, line, catalogue)) &&
      (rule.except === null || !matches(rule.except, line, catalogue)),
  );
  const withTax = rule.include.tax;
  const outsideTax = withTax ? Math.max(0, order.tax - sum(order.lines, (line) => line.taxIncluded)) : 0;
  const extras = outsideTax + (rule.include.shipping ? order.shipping : 0);
  const goods = sum(lines, (line) => left(line, withTax));
  const before = sum(lines, (line) => worth(line, withTax)) + extras;
  const share = (amount: number): number =>
    order.total > 0 && amount > 0 ? mulDiv(amount, before, order.total, 'nearest') : 0;
  const lowered = sum(order.plainRefunds, share) + share(order.creditPaid);
  const eligible = Math.max(0, goods + extras - lowered);
  const weighted = sum(lines, (line) => left(line, withTax) * percentOf(line)) + extras * 100;
  const basis = goods + extras;
  return {
    eligible,
    weighted: basis === eligible ? weighted : basis === 0 ? 0 : mulDiv(weighted, eligible, basis, 'nearest'),
  };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}
