import type { EarningRule, ProgramRules, SpendRule } from '../contracts/program.ts';
import { type Catalogue, type EarningOrder, eligibleAmount, holdsAt, multipliers } from '../program/eligible.rules.ts';
import { addMonths, firstDayFrom } from '../shared/calendar.ts';
import { mulDiv } from '../shared/money.ts';
import { MOST_POINTS, type Target } from './points.types.ts';
import type { Used } from './running.types.ts';

const DAY_MS = 86_400_000;

/** What targets depend on besides the orders. */
export type Terms = {
  programStart: number;
  zoneAt: (instant: number) => string;
  /** The rule version in force when an order was placed. */
  versionAt: (instant: number) => { version: number; rules: ProgramRules } | null;
  catalogue: Catalogue;
  /** The tier that was stored when the order was first weighed for points; null: none. */
  tierOf: (orderId: string) => string | null;
};

/** Nothing so far. */
export const unused = (): Used => ({ counted: 0, lifetime: {}, days: {} });

/**
 * The points that a customer's orders should have given: a pure function of their latest states, by (placed, platform
 * id), each under the version in force when it was placed and the tier that was pinned to it. An order that does not count, was imported as history or was
 * placed before the program began has targets of zero.
 * @param orders all orders of the customer; a single one will do when no rule looks across orders
 * @param before what the customer's orders before these have used up; what these use up is added to it
 */
export function targetsFor(orders: readonly EarningOrder[], terms: Terms, before: Used = unused()): Target[] {
  return [...orders].sort(byPlaced).flatMap((order) => {
    if (order.counts) before.counted += 1;
    const version = terms.versionAt(order.placedAt);
    if (!version) return [];
    return version.rules.earning
      .filter((rule) => rule.type !== 'multiplier' && rule.type !== 'signup')
      .map((rule) => target(order, rule, version, terms, before));
  });
}

/** Only the days of `used` on which orders can lie that were placed at an instant or later, in whatever time zone. */
export function usedFrom({ counted, lifetime, days }: Used, placedAt: number): Used {
  const first = firstDayFrom(placedAt);
  const kept = Object.entries(days).filter(([day]) => day >= first);
  return { counted, lifetime: { ...lifetime }, days: Object.fromEntries(kept) };
}

/** (placed, platform id), ids as the numbers they are: the same order wherever and whenever it is asked. */
export function byPlaced(
  a: { placedAt: number; platformId: string },
  b: { placedAt: number; platformId: string },
): number {
  if (a.placedAt !== b.placedAt) return a.placedAt - b.placedAt;
  if (a.platformId.length !== b.platformId.length) return a.platformId.length - b.platformId.length;
  return a.platformId < b.platformId ? -1 : a.platformId > b.platformId ? 1 : 0;
}

function target(
  order: EarningOrder,
  rule: EarningRule,
  { version, rules }: { version: number; rules: ProgramRules },
  terms: Terms,
  before: Used,
): Target {
  const earns = order.counts && order.earns && order.placedAt >= terms.programStart;
  const zone = terms.zoneAt(order.placedAt);
  const tier = terms.tierOf(order.id);
  const active = earns && rule.enabled && holdsAt(rule.when, order.placedAt, zone, tier);
  return {
    source: order.id,
    rule: rule.id,
    points: active ? pointsUnder(order, rule, rules, zone, terms, before) : 0,
    orderId: order.id,
    ruleVersion: version,
    ...lotDates(order.paidAt ?? order.placedAt, rule, zone),
  };
}

/** Hold and expiry count from the paid (else placed) instant, never from arrival. */
function lotDates(effectiveAt: number, rule: EarningRule, zone: string) {
  const { holdDays, expiryMonths } = rule.type === 'multiplier' ? { holdDays: 0, expiryMonths: null } : rule;
  return {
    effectiveAt,
    availableAt: effectiveAt + holdDays * DAY_MS,
    expiresAt: expiryMonths === null ? null : addMonths(effectiveAt, expiryMonths, zone),
  };
}

function pointsUnder(
  order: EarningOrder,
  rule: EarningRule,
  rules: ProgramRules,
  zone: string,
  terms: Terms,
  before: Used,
): number {
  const percents = multipliers(rules, order, zone, terms.catalogue, terms.tierOf(order.id));
  if (rule.type === 'spend') {
    const { eligible, weighted } = eligibleAmount(order, rule, terms.catalogue, percents);
    if (eligible < rule.minimum) return 0;
    return capped(pointsFor(weighted, rule), rule, order.placedDay, before);
  }
  const bonus = 'points' in rule ? Math.min(MOST_POINTS, mulDiv(rule.points, percents.ofOrder, 100, 'floor')) : 0;
  if (rule.type === 'nth') return before.counted === rule.n ? bonus : 0;
  if (rule.type !== 'order') return 0;
  const goods = { include: { tax: false, shipping: false }, only: null, except: null };
  return eligibleAmount(order, goods, terms.catalogue).eligible >= rule.minimum ? bonus : 0;
}

/** Points for a weighted amount (×100). An absurd amount gives the most there is instead of refusing its order. */
function pointsFor(weighted: number, { points, per, rounding }: SpendRule): number {
  const roughly = (weighted / (100 * per)) * points;
  return roughly >= MOST_POINTS ? MOST_POINTS : mulDiv(weighted, points, 100 * per, rounding);
}

/** The caps of a rule, used up by the customer's earlier orders first. */
function capped(points: number, rule: SpendRule, day: string, before: Used): number {
  const { caps, id } = rule;
  const today = before.days[day] ?? {};
  const usedToday = today[id] ?? 0;
  const usedEver = before.lifetime[id] ?? 0;
  const given = Math.max(
    0,
    Math.min(
      points,
      caps.order ?? points,
      caps.day === null ? points : caps.day - usedToday,
      caps.lifetime === null ? points : caps.lifetime - usedEver,
    ),
  );
  before.days[day] = { ...today, [id]: usedToday + given };
  before.lifetime[id] = usedEver + given;
  return given;
}

/** The sign-up bonuses of a customer with an account, by the version in force when it was opened. */
export function signupTargets(customer: { id: string; registeredAt: number | null }, terms: Terms): Target[] {
  const at = customer.registeredAt;
  const version = at === null ? null : terms.versionAt(at);
  if (at === null || !version) return [];
  const zone = terms.zoneAt(at);
  return version.rules.earning
    .filter((rule) => rule.type === 'signup')
    .map((rule) => ({
      source: customer.id,
      rule: rule.id,
      orderId: null,
      ruleVersion: version.version,
      points: rule.enabled && at >= terms.programStart && holdsAt(rule.when, at, zone) ? rule.points : 0,
      ...lotDates(at, rule, zone),
    }));
}
