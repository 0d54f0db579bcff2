import { type TierProgram, tierProgram } from '../contracts/tiers.ts';
import type { TierTerms } from './tiers.rules.ts';

/** For tests only: bronze for everybody, silver from 300, gold from 1000, by points earned in twelve months. */
export const tiers = (fields: object = {}): TierProgram =>
  tierProgram.parse({
    enabled: true,
    metric: 'earned',
    window: 'rolling-12-months',
    graceDays: 0,
    levels: [
      { id: 'bronze', name: 'Bronze', threshold: 0 },
      { id: 'silver', name: 'Silver', threshold: 300, percent: 150 },
      { id: 'gold', name: { en: 'Gold', fa: 'طلایی' }, threshold: 1000, percent: 200 },
    ],
    ...fields,
  });

export const terms = (fields: object = {}, rest: Partial<TierTerms> = {}): TierTerms => ({
  tiers: tiers(fields),
  calendar: 'gregory',
  zoneAt: () => 'UTC',
  now: 0,
  ...rest,
});
