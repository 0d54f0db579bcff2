import type { Feature } from '../shops/scope.ts';
import { mergeTiers } from './lift.usecases.ts';
import { reviewAllShops } from './review.usecases.ts';
import { tierMoves, tierSums } from './tiers.tables.ts';
import { tiersTimeline } from './timeline.usecases.ts';

export const tiersFeature: Feature = {
  name: 'tiers',
  tables: [
    {
      table: tierMoves,
      person: { keep: 'it says how an opaque id came to its tier, and names nobody' },
      shop: 'delete',
      about: { as: 'tierMoves', of: tierMoves.customerId },
    },
    {
      table: tierSums,
      person: { keep: 'sums by an opaque id, made anew from the orders at any time' },
      shop: 'delete',
    },
  ],
  person: { merge: (scope, { kept, gone }) => mergeTiers(scope, kept, gone), timeline: tiersTimeline },
  // Periods end at midnight, which comes at another hour to each time zone.
  schedule: (deps) => [{ name: 'tiers', cron: '5 * * * *', work: () => reviewAllShops(deps, deps.clock.now()) }],
};
