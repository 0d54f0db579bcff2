import type { EarningRule } from '../../api/program.ts';
import { dayOfInstant, startOfDay } from '../../format/local-day.ts';
import { type MoneyHabit, minorOfTyped, typedOfMinor, wholeOfTyped } from '../../format/minor.ts';
import { parseDecimal } from '../../format/parse.ts';
import { addDays } from '../../range/range.ts';

export type RuleType = EarningRule['type'];
export const RULE_TYPES: readonly RuleType[] = ['spend', 'order', 'nth', 'signup', 'multiplier'];
export type MatchForm = Record<'products' | 'collections' | 'vendors' | 'types', string>;
export const MATCH_KEYS = ['products', 'collections', 'vendors', 'types'] as const;

/** A rule as it is typed: amounts in currency, the multiplier as a factor, days of the shop's calendar, lists line by line. */
export type RuleForm = {
  id: string;
  type: RuleType;
  enabled: boolean;
  /** What the rule was: its instants stay to the second unless another day is chosen. */
  was: EarningRule | null;
  points: string;
  per: string;
  n: string;
  factor: string;
  minimum: string;
  rounding: 'floor' | 'nearest' | 'ceil';
  tax: boolean;
  shipping: boolean;
  capOrder: string;
  capDay: string;
  capLifetime: string;
  holdDays: string;
  expiryMonths: string;
  from: string;
  until: string;
  weekdays: number[];
  tiers: string[];
  only: MatchForm;
  except: MatchForm;
};

/** What is wrong with a field; a text's key. */
export type RuleFaults = Partial<Record<keyof RuleForm, string>>;
export type Place = MoneyHabit & { timeZone: string };
type Match = NonNullable<Extract<EarningRule, { type: 'spend' }>['only']>;
type When = EarningRule['when'];

const MOST_POINTS = 1_000_000_000;
const NO_MATCH: MatchForm = { products: '', collections: '', vendors: '', types: '' };
const LONGEST: Record<keyof MatchForm, number> = { products: 64, collections: 64, vendors: 255, types: 255 };

/** A new rule of a type, with what most shops begin with. */
export function newRule(type: RuleType, id: string): RuleForm {
  return {
    id,
    type,
    enabled: true,
    was: null,
    points: type === 'spend' ? '1' : '50',
    per: '1',
    n: '2',
    factor: '2',
    minimum: '',
    rounding: 'floor',
    tax: false,
    shipping: false,
    capOrder: '',
    capDay: '',
    capLifetime: '',
    holdDays: '0',
    expiryMonths: '',
    from: '',
    until: '',
    weekdays: [],
    tiers: [],
    only: NO_MATCH,
    except: NO_MATCH,
  };
}

const matchForm = (match: Match | null): MatchForm =>
  match === null
    ? NO_MATCH
    : {
        products: match.products.join('\n'),
        collections: match.collections.join('\n'),
        vendors: match.vendors.join('\n'),
        types: match.types.join('\n'),
      };

const typed = (value: number | null): string => (value === null ? '' : String(value));

/** What is typed for a rule. */
export function formOfRule(rule: EarningRule, place: Place): RuleForm {
  const { from, until, weekdays, tiers = [] } = rule.when;
  const form: RuleForm = {
    ...newRule(rule.type, rule.id),
    enabled: rule.enabled,
    was: rule,
    weekdays: [...weekdays],
    tiers: [...tiers],
    from: from === null ? '' : dayOfInstant(from, place.timeZone),
    // The end is the first instant that is outside.
    until: until === null ? '' : dayOfInstant(until - 1, place.timeZone),
  };
  if (rule.type === 'multiplier') return { ...form, factor: String(rule.percent / 100), only: matchForm(rule.only) };
  const { points, holdDays, expiryMonths } = rule;
  Object.assign(form, { points: String(points), holdDays: String(holdDays), expiryMonths: typed(expiryMonths) });
  if (rule.type === 'nth') form.n = String(rule.n);
  if (rule.type === 'spend' || rule.type === 'order') {
    form.minimum = rule.minimum === 0 ? '' : typedOfMinor(rule.minimum, place);
  }
  if (rule.type !== 'spend') return form;
  const { caps, include, rounding, only, except, per } = rule;
  return {
    ...form,
    per: typedOfMinor(per, place),
    rounding,
    tax: include.tax,
    shipping: include.shipping,
    capOrder: typed(caps.order),
    capDay: typed(caps.day),
    capLifetime: typed(caps.lifetime),
    only: matchForm(only),
    except: matchForm(except),
  };
}

/** Reads one field after another and notes what is wrong with it. */
function reader(form: RuleForm, place: Place) {
  const faults: RuleFaults = {};
  const whole = (field: keyof RuleForm, least: number, most: number, fault: string): number => {
    const value = wholeOfTyped(String(form[field]));
    if (value !== null && value >= least && value <= most) return value;
    faults[field] = fault;
    return least;
  };
  const optional = (field: keyof RuleForm, least: number, most: number, fault: string): number | null =>
    String(form[field]).trim() === '' ? null : whole(field, least, most, fault);
  const amount = (field: keyof RuleForm, least: number, most: number, fault: string): number => {
    const value = minorOfTyped(String(form[field]), place);
    if (value !== null && value >= least && value <= most) return value;
    faults[field] = fault;
    return least;
  };
  const match = (field: 'only' | 'except'): Match | null => {
    const lists = Object.fromEntries(MATCH_KEYS.map((key) => [key, linesOf(form[field][key])])) as Match;
    const tooMuch = MATCH_KEYS.some(
      (key) => lists[key].length > 1000 || lists[key].some((line) => line.length > LONGEST[key]),
    );
    if (tooMuch) faults[field] = 'list';
    return MATCH_KEYS.every((key) => lists[key].length === 0) ? null : lists;
  };
  return { faults, whole, optional, amount, match };
}

const linesOf = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean);

function whenOf({ from, until, weekdays, tiers, was }: RuleForm, place: Place): When {
  const zone = place.timeZone;
  const instant = (day: string, kept: number | null, dayOfKept: (at: number) => string, made: () => number) =>
    day === '' ? null : kept !== null && dayOfKept(kept) === day ? kept : made();
  return {
    from: instant(
      from,
      was?.when.from ?? null,
      (at) => dayOfInstant(at, zone),
      () => startOfDay(from, zone),
    ),
    until: instant(
      until,
      was?.when.until ?? null,
      (at) => dayOfInstant(at - 1, zone),
      () => startOfDay(addDays(until, 1), zone),
    ),
    weekdays: [...weekdays].sort(),
    ...(tiers.length === 0 ? {} : { tiers: [...tiers] }),
  };
}

/** The rule that was typed, or what is wrong with which field. */
export function ruleOfForm(form: RuleForm, place: Place): { rule: EarningRule } | { faults: RuleFaults } {
  const { faults, ...read } = reader(form, place);
  if (form.from !== '' && form.until !== '' && form.until < form.from) faults.until = 'until';
  const rule = readRule(form, read, whenOf(form, place), faults);
  return Object.keys(faults).length > 0 ? { faults } : { rule };
}

type Read = Omit<ReturnType<typeof reader>, 'faults'>;

function readRule(form: RuleForm, read: Read, when: When, faults: RuleFaults): EarningRule {
  const { id, enabled } = form;
  if (form.type === 'multiplier') {
    const percent = Math.round((parseDecimal(form.factor) ?? 0) * 1e4) / 100;
    if (!Number.isInteger(percent) || percent < 100 || percent > 10_000) faults.factor = 'factor';
    return { id, enabled, when, type: 'multiplier', percent, only: read.match('only') };
  }
  const points = read.whole('points', 0, MOST_POINTS, 'points');
  const terms = {
    holdDays: read.whole('holdDays', 0, 365, 'holdDays'),
    expiryMonths: read.optional('expiryMonths', 1, 120, 'expiryMonths'),
  };
  if (form.type === 'signup') return { id, enabled, when, type: 'signup', points, ...terms };
  if (form.type === 'nth') {
    return { id, enabled, when, type: 'nth', n: read.whole('n', 1, 1000, 'n'), points, ...terms };
  }
  const minimum = form.minimum.trim() === '' ? 0 : read.amount('minimum', 0, Number.MAX_SAFE_INTEGER, 'minimum');
  if (form.type === 'order') return { id, enabled, when, type: 'order', points, minimum, ...terms };
  return {
    id,
    enabled,
    when,
    type: 'spend',
    points,
    minimum,
    ...terms,
    rounding: form.rounding,
    per: read.amount('per', 1, 1_000_000_000_000, 'per'),
    include: { tax: form.tax, shipping: form.shipping },
    only: read.match('only'),
    except: read.match('except'),
    caps: {
      order: read.optional('capOrder', 0, MOST_POINTS, 'cap'),
      day: read.optional('capDay', 0, MOST_POINTS, 'cap'),
      lifetime: read.optional('capLifetime', 0, MOST_POINTS, 'cap'),
    },
  };
}
