import { useTranslation } from 'react-i18next';
import type { EarningRule } from '../../api/program.ts';
import { useFormat } from '../../format/provider.tsx';
import { usePlace } from './use-place.ts';

type Match = NonNullable<Extract<EarningRule, { type: 'multiplier' }>['only']>;
const sizeOf = ({ products, collections, vendors, types }: Match): number =>
  products.length + collections.length + vendors.length + types.length;

/** A rule as a sentence, and what limits it as a list of short ones. `nameOfTier`: a level's name by its id. */
export function useRuleWords(nameOfTier: (id: string) => string) {
  const { t } = useTranslation('program');
  const format = useFormat();
  const { moneyOfMinor } = usePlace();
  const many = (key: string, count: number, values: Record<string, string> = {}): string =>
    t(key, { count, n: format.count(count), ...values });
  const sentence = (rule: EarningRule): string => {
    switch (rule.type) {
      case 'spend':
        return many('words.spend', rule.points, { per: moneyOfMinor(rule.per) });
      case 'order':
        return many('words.order', rule.points);
      case 'nth':
        return many('words.nth', rule.points, { nth: format.count(rule.n) });
      case 'signup':
        return many('words.signup', rule.points);
      case 'multiplier':
        return t('words.multiplier', { factor: format.decimal(rule.percent / 100, 2) });
    }
  };
  const whenWords = ({ from, until, weekdays, tiers = [] }: EarningRule['when']): string[] => [
    ...(from === null ? [] : [t('words.from', { day: format.dayOfInstant(from) })]),
    ...(until === null ? [] : [t('words.until', { day: format.dayOfInstant(until - 1) })]),
    ...(weekdays.length === 0 ? [] : [t('words.weekdays', { days: listOf(weekdays.map(format.weekday)) })]),
    ...(tiers.length === 0 ? [] : [t('words.tiers', { tiers: listOf(tiers.map(nameOfTier)) })]),
  ];
  const listOf = (parts: string[]): string => parts.join(t('words.comma'));
  const matchWords = (key: 'only' | 'except', match: Match | null): string[] =>
    match === null ? [] : [many(`words.${key}`, sizeOf(match))];
  const termWords = (rule: EarningRule): string[] =>
    rule.type === 'multiplier'
      ? matchWords('only', rule.only)
      : [
          ...(rule.holdDays === 0 ? [] : [many('words.hold', rule.holdDays)]),
          ...(rule.expiryMonths === null ? [] : [many('words.expiry', rule.expiryMonths)]),
        ];
  const limitWords = (rule: EarningRule): string[] => {
    if (rule.type !== 'spend' && rule.type !== 'order') return [];
    const least = rule.minimum === 0 ? [] : [t('words.minimum', { amount: moneyOfMinor(rule.minimum) })];
    if (rule.type === 'order') return least;
    const { caps, include } = rule;
    const capWords = (['order', 'day', 'lifetime'] as const).flatMap((cap) => {
      const most = caps[cap];
      return most === null ? [] : [many(`words.cap_${cap}`, most)];
    });
    return [
      ...least,
      ...capWords,
      ...(include.tax ? [t('words.tax')] : []),
      ...(include.shipping ? [t('words.shipping')] : []),
      ...(rule.rounding === 'floor' ? [] : [t(`words.rounding_${rule.rounding}`)]),
      ...matchWords('only', rule.only),
      ...matchWords('except', rule.except),
    ];
  };
  return {
    sentence,
    details: (rule: EarningRule): string[] => [...limitWords(rule), ...whenWords(rule.when), ...termWords(rule)],
  };
}
