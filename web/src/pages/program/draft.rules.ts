import type { EarningRule, ProgramRules } from '../../api/program.ts';

/** JSON with the names in order, so that the same rules are the same text. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** Whether two programs, or parts of them, say the same. */
export const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** The rules with one put in, in its place if it was there. */
export const withRule = (rules: ProgramRules, rule: EarningRule): ProgramRules => ({
  ...rules,
  earning: rules.earning.some(({ id }) => id === rule.id)
    ? rules.earning.map((one) => (one.id === rule.id ? rule : one))
    : [...rules.earning, rule],
});

export const withoutRule = (rules: ProgramRules, id: string): ProgramRules => ({
  ...rules,
  earning: rules.earning.filter((rule) => rule.id !== id),
});

/** The rules with other tiers, or with none. */
export function withTiers({ tiers: _before, ...rules }: ProgramRules, tiers: ProgramRules['tiers']): ProgramRules {
  return tiers ? { ...rules, tiers } : rules;
}

/** An id that no rule ever had: points are kept by the ids of their rules. */
export function newRuleId(type: EarningRule['type'], random: () => number = Math.random): string {
  const letters = Array.from({ length: 6 }, () => Math.floor(random() * 36).toString(36)).join('');
  return `${type}-${letters}`;
}

/** A server's fault such as `rules.earning.2.points`: which rule or level it is about. */
export function placeOfFault(field: string): { kind: 'rule' | 'level' | 'other'; index: number } {
  const [, where, index] = /^rules\.(earning|tiers\.levels)\.(\d+)/.exec(field) ?? [];
  if (where === undefined) return { kind: 'other', index: -1 };
  return { kind: where === 'earning' ? 'rule' : 'level', index: Number(index) };
}
