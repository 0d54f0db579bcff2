import type { EarningRule, MultiplierRule, ProgramRules } from '../contracts/program.ts';
import {
  type Catalogue,
  type EarningLine,
  type EarningOrder,
  eligibleAmount,
  holdsAt,
  matches,
  multipliers,
} from '../program/eligible.rules.ts';
import { baseLevel, tierPercent, tiersOn } from '../program/levels.rules.ts';
import { allocate } from '../shared/allocate.ts';
import { type Terms, targetsFor } from './targets.rules.ts';

/** What a merchant tries: amounts in minor units, the discount as one sum off the goods, tax on top. */
export type Sample = {
  lines: readonly { product: string | null; vendor: string | null; quantity: number; unitPrice: number }[];
  discount: number;
  shipping: number;
  tax: number;
  /** Which order of the customer's it is. */
  nth: number;
  tier: string | null;
};

export type SampleTerms = Pick<Terms, 'programStart' | 'zoneAt' | 'catalogue'> & {
  rules: ProgramRules;
  placedAt: number;
  placedDay: string;
};

/** What one rule gives: `points` before any multiplier, `earned` with it; `eligible` null where no amount matters. */
export type SamplePart = {
  rule: string;
  type: EarningRule['type'];
  points: number;
  earned: number;
  eligible: number | null;
};

const exact = (amount: number): number => Math.min(amount, Number.MAX_SAFE_INTEGER);

function orderOf({ lines, discount, shipping, tax }: Sample, { placedAt, placedDay }: SampleTerms): EarningOrder {
  const worths = lines.map(({ quantity, unitPrice }) => exact(quantity * unitPrice));
  const goods = exact(worths.reduce((sum, worth) => sum + worth, 0));
  const off = Math.min(discount, goods);
  const shares = allocate(off, worths);
  return {
    id: 'sample',
    platformId: '1',
    customerId: null,
    placedAt,
    placedDay,
    paidAt: placedAt,
    counts: true,
    earns: true,
    total: exact(goods - off + shipping + tax),
    shipping,
    tax,
    creditPaid: 0,
    plainRefunds: [],
    lines: lines.map(({ product, vendor, quantity, unitPrice }, n) => ({
      productId: product,
      vendor,
      quantity,
      unitPrice,
      discount: shares[n] ?? 0,
      taxIncluded: 0,
      giftCard: false,
      refundedAmount: 0,
    })),
  };
}

/** Orders from before that count and earn nothing: they only say which order this one is. */
const earlier = (order: EarningOrder, count: number): EarningOrder[] =>
  Array.from({ length: count }, () => ({ ...order, placedAt: order.placedAt - 1, earns: false }));

/**
 * What a sample order earns, by the very rules by which orders do: for a customer whose earlier orders have used up no cap.
 * Without tiers nobody has one; with them everybody has the base level at least.
 */
export function calculateSample(sample: Sample, terms: SampleTerms) {
  const { rules, catalogue, zoneAt, placedAt } = terms;
  const order = orderOf(sample, terms);
  const tiers = tiersOn(rules.tiers);
  const tier = tiers ? (sample.tier ?? baseLevel(tiers)?.id ?? null) : null;
  const all = [...earlier(order, sample.nth - 1), order];
  const pointsBy = (tried: ProgramRules): Map<string, number> => {
    const versionAt = (instant: number) => (instant < placedAt ? null : { version: 1, rules: tried });
    const targets = targetsFor(all, { ...terms, versionAt, tierOf: () => tier });
    return new Map(targets.map(({ rule, points }) => [rule, points]));
  };
  const earned = pointsBy(rules);
  const { tiers: _tiers, ...untiered } = rules;
  const plain = pointsBy({ ...untiered, earning: rules.earning.filter(({ type }) => type !== 'multiplier') });
  const parts: SamplePart[] = rules.earning
    .filter((rule) => rule.enabled && rule.type !== 'multiplier' && rule.type !== 'signup')
    .map((rule) => ({
      rule: rule.id,
      type: rule.type,
      points: plain.get(rule.id) ?? 0,
      earned: earned.get(rule.id) ?? 0,
      eligible: eligibleUnder(rule, order, catalogue),
    }));
  const percents = multipliers(rules, order, zoneAt(placedAt), catalogue, tier);
  return {
    points: parts.reduce((sum, part) => sum + part.earned, 0),
    eligible: parts.find(({ type }) => type === 'spend')?.eligible ?? goodsOf(order, catalogue),
    parts,
    multiplier: highest(order, tier, terms),
    lines: order.lines.map(percents.ofLine),
  };
}

const GOODS = { include: { tax: false, shipping: false }, only: null, except: null };
const goodsOf = (order: EarningOrder, catalogue: Catalogue) => eligibleAmount(order, GOODS, catalogue).eligible;

function eligibleUnder(rule: EarningRule, order: EarningOrder, catalogue: Catalogue): number | null {
  if (rule.type === 'spend') return eligibleAmount(order, rule, catalogue).eligible;
  return rule.type === 'order' ? goodsOf(order, catalogue) : null;
}

/** The highest multiplier that applies to the order, or to a line of it; null: none. A tier's is called `tier:` and the level. */
function highest(order: EarningOrder, tier: string | null, { rules, zoneAt, catalogue, placedAt }: SampleTerms) {
  const applies = ({ only }: MultiplierRule) =>
    only === null || order.lines.some((line: EarningLine) => matches(only, line, catalogue));
  const found = rules.earning
    .filter((rule) => rule.type === 'multiplier')
    .filter((rule) => rule.enabled && holdsAt(rule.when, placedAt, zoneAt(placedAt), tier) && applies(rule))
    .map(({ id, percent, only }) => ({ rule: id, percent, whole: only === null }));
  found.push({ rule: `tier:${tier}`, percent: tierPercent(rules.tiers, tier), whole: true });
  const best = found.reduce((a, b) =>
    b.percent > a.percent || (b.percent === a.percent && b.whole && !a.whole) ? b : a,
  );
  return best.percent > 100 ? best : null;
}
