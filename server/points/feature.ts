import type { Feature } from '../shops/scope.ts';
import { settleDue, shopsDue } from './due.usecases.ts';
import { pointsGauges } from './gauges.ts';
import { mergePoints } from './merge.usecases.ts';
import {
  pointsAccounts,
  pointsChecks,
  pointsLots,
  pointsPostings,
  pointsRunning,
  pointsSpends,
  pointsTransactions,
} from './points.tables.ts';
import { pointsTimeline } from './timeline.usecases.ts';

declare module '../features/topics.types.ts' {
  interface Topics {
    points: true;
  }
}

const LEDGER = { keep: 'the ledger names nobody: opaque ids, and reasons that stand in the audit log' };

export const pointsFeature: Feature = {
  name: 'points',
  tables: [
    {
      table: pointsAccounts,
      person: LEDGER,
      shop: LEDGER,
      about: { as: 'pointsBalance', of: pointsAccounts.customerId },
    },
    { table: pointsLots, person: LEDGER, shop: LEDGER, about: { as: 'pointsLots', of: pointsLots.customerId } },
    { table: pointsSpends, person: LEDGER, shop: LEDGER, about: { as: 'pointsSpends', of: pointsSpends.customerId } },
    {
      table: pointsTransactions,
      person: LEDGER,
      shop: LEDGER,
      about: { as: 'pointsTransactions', of: pointsTransactions.customerId, by: 'seq' },
    },
    { table: pointsPostings, person: LEDGER, shop: LEDGER },
    { table: pointsRunning, person: { keep: 'sums by an opaque id, as the orders they are made of' }, shop: 'delete' },
    { table: pointsChecks, person: LEDGER, shop: LEDGER },
  ],
  person: { merge: mergePoints, timeline: pointsTimeline },
  topics: {
    points: (deps) => ({
      handle: (shopId, enough) => settleDue(deps, shopId, deps.clock.now(), enough),
      due: () => shopsDue(deps.db, deps.clock.now()),
    }),
  },
  metrics: pointsGauges,
};
