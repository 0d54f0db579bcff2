import type { TierLevel, TierProgram } from '../contracts/tiers.ts';

/** The tiers of a version where they are on. */
export const tiersOn = (tiers: TierProgram | undefined): TierProgram | null => (tiers?.enabled ? tiers : null);

/** What the members of a tier earn, in percent; 100 for none, for a level that is not there, and where tiers are off. */
export function tierPercent(tiers: TierProgram | undefined, tier: string | null): number {
  if (tier === null) return 100;
  return tiersOn(tiers)?.levels.find(({ id }) => id === tier)?.percent ?? 100;
}

/** The level that everybody has; null: members start without one. */
export const baseLevel = ({ levels }: TierProgram): TierLevel | null => (levels[0]?.threshold === 0 ? levels[0] : null);
