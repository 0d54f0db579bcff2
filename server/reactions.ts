import { completeCartOf } from './carts/handover.usecases.ts';
import { releaseEffects } from './effects/manage.usecases.ts';
import { features } from './features.ts';
import { outdateAnswers, recountCustomers, recountFrom, recountOrder } from './insights/insights.usecases.ts';
import { earnForOrder, earnForSignup, outdatesEarned } from './points/earn.usecases.ts';
import { forgetAllRunning } from './points/running.usecases.ts';
import type { Features, Reactions } from './shops/scope.ts';
import { oweTags } from './tags/tags.usecases.ts';
import { tierAfterSignup, tiersAfterOrder } from './tiers/lift.usecases.ts';
import { forgetAllSums } from './tiers/sums.usecases.ts';

const everyFeature: Features = features;

/**
 * What follows from what becomes known, in order: the one place that says so. Each runs in the transaction that told the fact.
 */
export const reactions: Reactions = {
  'order-changed': [
    (scope, { before, after }) => recountOrder(scope, before, after),
    (scope, { before, after }) => earnForOrder(scope, before, after),
    // After its points: an order earns by the tier that its customer had before it.
    (scope, { before, after }) => tiersAfterOrder(scope, before, after),
    (scope, { before, after }) => completeCartOf(scope, before, after),
  ],
  'cart-changed': [],
  'product-changed': [
    async (scope, { before, after }) => {
      if (!(await outdatesEarned(scope, before, after))) return;
      await forgetAllRunning(scope);
      await forgetAllSums(scope);
    },
  ],
  'points-moved': [(scope, { customerId }) => recountCustomers(scope, [customerId])],
  'tier-moved': [outdateAnswers],
  'consent-changed': [],
  'tags-changed': [oweTags],
  'account-opened': [
    async (scope, { customerId }) => {
      if (await earnForSignup(scope, customerId)) await tierAfterSignup(scope, customerId);
    },
  ],
  // Ties in the numbers go by the platform's id.
  'account-linked': [(scope, { customerId }) => recountCustomers(scope, [customerId])],
  'customer-merged': everyFeature.flatMap(({ person }) => person?.merge ?? []),
  'customer-erased': [],
  'zone-changed': [(scope, { from }) => recountFrom(scope, from)],
  'access-granted': [(scope) => releaseEffects(scope)],
};
