import type { LineMatch, MultiplierRule, ProgramRules, SpendRule } from '../contracts/program.ts';
import { localDateTime } from '../shared/calendar.ts';
import { mulDiv } from '../shared/money.ts';
import { tierPercent } from './levels.rules.ts';

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

/** Whether a rule holds at the local instant at which an order was placed, for a customer of that tier. */
export function holdsAt(when: SpendRule['when'], instant: number, zone: string, tier: string | null = null): boolean {
  if (when.tiers && when.tiers.length > 0 && !has(when.tiers, tier)) return false;
  if (when.from !== null && instant < when.from) return false;
  if (when.until !== null && instant >= when.until) return false;
  if (when.weekdays.length === 0) return true;
  return when.weekdays.includes(localDateTime(instant, zone).weekday);
}

/**
 * What the order's line multipliers and its own come to, in percent: of all that apply, the tier's among them, the single
 * highest.
 */
export function multipliers(
  rules: ProgramRules,
  order: EarningOrder,
  zone: string,
  catalogue: Catalogue,
  tier: string | null = null,
) {
  const active = rules.earning.filter(
    (rule): rule is MultiplierRule =>
      rule.type === 'multiplier' && rule.enabled && holdsAt(rule.when, order.placedAt, zone, tier),
  );
  const whole = active.filter((rule) => rule.only === null).map((rule) => rule.percent);
  const ofOrder = Math.max(100, tierPercent(rules.tiers, tier), ...whole);
  const ofLine = (line: EarningLine): number =>
    Math.max(
      ofOrder,
      ...active.filter((rule) => rule.only !== null && matches(rule.only, line, catalogue)).map((rule) => rule.percent),
    );
  return { ofOrder, ofLine };
}

/** Amounts stay whole numbers that are exact, however absurd an order is. */
const exact = (amount: number): number => Math.min(Math.max(0, amount), Number.MAX_SAFE_INTEGER);

/** A line's worth after discounts, without the tax inside its price unless that counts. */
const worth = (line: EarningLine, withTax: boolean): number =>
  exact(line.unitPrice * line.quantity - line.discount - (withTax ? 0 : line.taxIncluded));

/** What is left of a line's worth after what came back, which is told without tax: the tax goes back with it. */
function left(line: EarningLine, withTax: boolean): number {
  const before = worth(line, withTax);
  const net = worth(line, false);
  if (line.refundedAmount <= 0) return before;
  if (line.refundedAmount >= net) return 0;
  return before - (before === net ? line.refundedAmount : mulDiv(line.refundedAmount, before, net, 'nearest'));
}

/** Tax on top of prices, as charged and as left after goods came back. */
function taxOnTop(order: EarningOrder): { before: number; left: number } {
  const before = exact(order.tax - sum(order.lines, (line) => line.taxIncluded));
  const goods = exact(sum(order.lines, (line) => worth(line, false)));
  const kept = exact(sum(order.lines, (line) => left(line, false)));
  return { before, left: kept === goods ? before : mulDiv(before, kept, goods, 'nearest') };
}

const NO_TAX = { before: 0, left: 0 };
const PLAIN = { ofOrder: 100, ofLine: () => 100 };

/**
 * The part of an order that earns under a spend rule, and the same with every line weighted by its multiplier (×100).
 * Goods after discounts, less goods given back; gift cards earn nothing; refunds without lines, and what gift cards or
 * store credit paid, each lower it by amount × eligible ÷ total, rounded half up.
 */
export function eligibleAmount(
  order: EarningOrder,
  rule: Pick<SpendRule, 'include' | 'only' | 'except'>,
  catalogue: Catalogue,
  percents: { ofOrder: number; ofLine: (line: EarningLine) => number } = PLAIN,
): { eligible: number; weighted: number } {
  const lines = order.lines.filter(
    (line) =>
      !line.giftCard &&
      (rule.only === null || matches(rule.only, line, catalogue)) &&
      (rule.except === null || !matches(rule.except, line, catalogue)),
  );
  const withTax = rule.include.tax;
  const tax = withTax ? taxOnTop(order) : NO_TAX;
  const shipping = rule.include.shipping ? order.shipping : 0;
  const before = exact(sum(lines, (line) => worth(line, withTax)) + tax.before + shipping);
  const extras = tax.left + shipping;
  const basis = exact(sum(lines, (line) => left(line, withTax)) + extras);
  const share = (amount: number): number =>
    order.total > 0 && amount > 0 ? mulDiv(Math.min(amount, order.total), before, order.total, 'nearest') : 0;
  const eligible = exact(basis - sum(order.plainRefunds, share) - share(order.creditPaid));
  const weighted = exact(sum(lines, (line) => left(line, withTax) * percents.ofLine(line)) + extras * percents.ofOrder);
  return { eligible, weighted: basis === eligible ? weighted : mulDiv(weighted, eligible, basis, 'nearest') };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}
