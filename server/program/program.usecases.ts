import { type EarningRule, type ProgramRules, programRules } from '../contracts/program.ts';
import { sha256Hex } from '../shared/canonical.ts';
import { minorDigits } from '../shared/money.ts';
import type { Scope } from '../shops/scope.ts';
import { ruleTypeChanged } from './program.errors.ts';
import { insertVersion, listVersions } from './program.repository.ts';

export type ProgramVersion = { version: number; effectiveFrom: number; rules: ProgramRules };

/** Levels by points earned in twelve months, off until the merchant turns them on. */
const SUGGESTED_TIERS = {
  levels: [
    { id: 'bronze', name: { en: 'Bronze', fa: 'برنزی' }, threshold: 0 },
    { id: 'silver', name: { en: 'Silver', fa: 'نقره‌ای' }, threshold: 500, percent: 125, entryBonus: 50 },
    { id: 'gold', name: { en: 'Gold', fa: 'طلایی' }, threshold: 1500, percent: 150, entryBonus: 150 },
  ],
};

/**
 * The program of a new shop: one point for each whole currency unit (IRR: each 100,000; IRT: each 10,000) of a counted
 * order's eligible amount, rounded down, no hold, no expiry. Other rules are suggested, and off.
 */
function suggestedRules(currency: string): ProgramRules {
  const units: Record<string, number> = { IRR: 100_000, IRT: 10_000 };
  const per = units[currency] ?? 10 ** minorDigits(currency);
  return programRules.parse({
    earning: [
      { id: 'spend', type: 'spend', points: 1, per },
      { id: 'signup', type: 'signup', points: 50, enabled: false },
      { id: 'second-order', type: 'nth', n: 2, points: 100, enabled: false },
      { id: 'weekend', type: 'multiplier', percent: 200, when: { weekdays: [6, 7] }, enabled: false },
    ],
    tiers: SUGGESTED_TIERS,
  });
}

/**
 * Adds a version of the program. Versions are never edited: orders placed from `effectiveFrom` on go by the new one,
 * earlier ones by theirs.
 * @returns the version's number
 * @throws AppError program.rule_type
 */
export async function defineProgram(
  scope: Scope,
  { actor, rules, effectiveFrom }: { actor: string; rules?: ProgramRules; effectiveFrom?: number },
): Promise<number> {
  const known = await listVersions(scope);
  const version = (known.at(-1)?.version ?? 0) + 1;
  const types = new Map(known.flatMap((row) => row.rules.earning.map((rule) => [rule.id, rule.type])));
  // Lots bear the ids of their rules: one of another type under the same id would claim what the first has given.
  const changed = rules?.earning.find((rule) => (types.get(rule.id) ?? rule.type) !== rule.type);
  if (changed) throw ruleTypeChanged(changed.id);
  await insertVersion(scope, {
    version,
    effectiveFrom: effectiveFrom ?? (version === 1 ? scope.shop.programStart : scope.now),
    createdAt: scope.now,
    actor,
    rules: rules ?? suggestedRules(scope.shop.currency),
  });
  cache.delete(scope.tx);
  return version;
}

/** Rules are read once a transaction, not once an order. */
const cache = new WeakMap<object, { scope: object; versions: ProgramVersion[] }>();

/** All versions in force at some time, in order of effect. */
export async function programVersions(scope: Pick<Scope, 'tx' | 'shop'>): Promise<ProgramVersion[]> {
  const known = cache.get(scope.tx);
  if (known?.scope === scope) return known.versions;
  const rows = await listVersions(scope);
  const versions = rows
    .map(({ version, effectiveFrom, rules }) => ({ version, effectiveFrom, rules }))
    .sort((a, b) => a.effectiveFrom - b.effectiveFrom || a.version - b.version);
  cache.set(scope.tx, { scope, versions });
  return versions;
}

/**
 * What orders earn by besides themselves, as a text that differs when any of it does: what was worked out under one says
 * nothing under another. The catalogue is not part of it.
 */
export async function termsKey(scope: Pick<Scope, 'tx' | 'shop'>): Promise<string> {
  const newest = (await programVersions(scope)).reduce((last, { version }) => Math.max(last, version), 0);
  const { programStart, timeZone, calendar, zones } = scope.shop;
  return sha256Hex(JSON.stringify([newest, programStart, timeZone, calendar, zones])).slice(0, 16);
}

/** The version in force when an order was placed; before the first, the first. */
export function versionAt(versions: readonly ProgramVersion[], instant: number): ProgramVersion | null {
  return versions.findLast((version) => version.effectiveFrom <= instant) ?? versions[0] ?? null;
}

/** What becomes of a spend that no lot covers any more: the word of the version in force when the points were spent. */
export async function clawbackPolicy(scope: Scope): Promise<(instant: number) => 'debt' | 'absorb'> {
  const versions = await programVersions(scope);
  return (instant) => versionAt(versions, instant)?.rules.clawback ?? 'debt';
}

/** Whether a version looks beyond a single order: n-th purchases, caps over days or a lifetime. */
export const looksAcross = ({ earning }: ProgramRules): boolean => earning.some(acrossOrders);

function acrossOrders(rule: EarningRule): boolean {
  if (!rule.enabled) return false;
  return rule.type === 'nth' || (rule.type === 'spend' && (rule.caps.day !== null || rule.caps.lifetime !== null));
}
