import { completeCartOf, handOverCarts } from './carts/handover.usecases.ts';
import { outdateAnswers, recountCustomers, recountFrom, recountOrder } from './insights/insights.usecases.ts';
import { handOverOrders } from './orders/history.usecases.ts';
import { earnForCustomer, earnForOrder, earnForSignup, outdatesEarned } from './points/earn.usecases.ts';
import { forgetAllRunning, forgetRunning } from './points/running.usecases.ts';
import { transferAll } from './points/transfer.usecases.ts';
import type { Reactions } from './shops/scope.ts';
import { mergeTiers, tierAfterSignup, tiersAfterOrder } from './tiers/lift.usecases.ts';
import { forgetAllSums } from './tiers/sums.usecases.ts';

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
  'account-opened': [
    async (scope, { customerId }) => {
      if (await earnForSignup(scope, customerId)) await tierAfterSignup(scope, customerId);
    },
  ],
  // Ties in the numbers go by the platform's id.
  'account-linked': [(scope, { customerId }) => recountCustomers(scope, [customerId])],
  'customer-merged': [
    (scope, { kept, gone }) => handOverOrders(scope, gone, kept),
    (scope, { kept, gone }) => handOverCarts(scope, gone, kept),
    (scope, { kept, gone }) => recountCustomers(scope, [kept, gone]),
    // By orders that are one customer's now.
    async (scope, { kept, gone }) => {
      await forgetRunning(scope, gone);
      await transferAll(scope, gone, kept);
      await earnForCustomer(scope, kept);
      await earnForSignup(scope, kept, true);
    },
    (scope, { kept, gone }) => mergeTiers(scope, kept, gone),
  ],
  'customer-erased': [],
  'zone-changed': [(scope, { from }) => recountFrom(scope, from)],
};
