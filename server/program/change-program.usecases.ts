import type { ProgramRules } from '../contracts/program.ts';
import { canonicalJson } from '../shared/canonical.ts';
import { conflict } from '../shared/errors.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { defineProgram, type ProgramVersion, programVersions, versionAt } from './program.usecases.ts';

/** The version in force at an instant; null before a shop has any. */
export const programAt = async (ledger: Pick<Scope, 'tx' | 'shop'>, now: number): Promise<ProgramVersion | null> =>
  versionAt(await programVersions(ledger), now);

/**
 * Puts rules in force from now on, as a new version: earlier orders keep theirs. The rules in force already make none.
 * @param expected the version that the caller has seen; left out: whatever is in force
 * @throws AppError program.changed when another is in force by now, program.rule_type
 */
export async function changeProgram(
  scope: Scope,
  { rules, expected, actor }: { rules: ProgramRules; expected: number | undefined; actor: string },
): Promise<ProgramVersion> {
  const known = await programAt(scope, scope.now);
  if (expected !== undefined && known !== null && expected !== known.version) {
    const details = { field: 'version', version: known.version };
    throw conflict('program.changed', 'Somebody changed the program meanwhile. Look at it anew.', details);
  }
  if (known && canonicalJson(known.rules) === canonicalJson(rules)) return known;
  // Not before the version it replaces: that one would come into force again after it.
  const effectiveFrom = Math.max(scope.now, known?.effectiveFrom ?? scope.now);
  const version = await defineProgram(scope, { actor, rules, effectiveFrom });
  // Versions are never edited: their numbers say all.
  const before = known && { version: known.version };
  await recordAction(scope, { actor, action: 'program.change', before, after: { version, effectiveFrom } });
  return { version, effectiveFrom, rules };
}
