import { idParams } from '../contracts/common.ts';
import {
  adjusted,
  adjustment,
  customersPage,
  customersQuery,
  profileQuery,
  customerProfile as profileShape,
} from '../contracts/customers.ts';
import type { SegmentName } from '../insights/segments.rules.ts';
import { listCustomers } from '../people/list.usecases.ts';
import { customerMeant, customerProfile } from '../people/profile.usecases.ts';
import { adjustPoints } from '../points/adjust.usecases.ts';
import { type Endpoint, reads, writes } from './endpoint.ts';

/** Customers: finding them, one in full, and points by hand. */
export const customersRoutes: Endpoint[] = [
  reads({
    method: 'get',
    path: '/customers',
    scope: 'read',
    query: customersQuery,
    answer: customersPage,
    summary:
      'Customers by how their e-mail, phone or name begins, by segment, tier or the group behind a figure; else newest first',
    read: (deps, { shop, query: { segment, ...query } }) =>
      listCustomers(deps, shop, { ...query, segment: segment as SegmentName | undefined }),
  }),
  reads({
    method: 'get',
    path: '/customers/:id',
    scope: 'read',
    params: idParams,
    query: profileQuery,
    answer: profileShape,
    summary: 'One customer: contact, balance, tier, orders and a page of the ledger',
    read: (deps, { shop, params: { id }, query: { ledgerCursor, ledgerLimit } }) =>
      customerProfile(deps, shop, {
        id,
        ledgerLimit,
        ledgerBefore: ledgerCursor === undefined ? null : Number(ledgerCursor),
      }),
  }),
  writes({
    method: 'post',
    path: '/customers/:id/adjustments',
    scope: 'write',
    params: idParams,
    body: adjustment,
    answer: adjusted,
    status: 201,
    summary: 'Gives points by hand, or takes available ones off',
    async write(scope, { actor, params: { id }, body: { points, reason } }) {
      const customerId = await customerMeant(scope, id);
      const made = await adjustPoints(scope, { customerId, points, reason, actor });
      const { available, pending, reserved, lifetimeEarned } = made.account;
      return { id: made.id, customerId, points, balance: { available, pending, reserved, lifetimeEarned } };
    },
  }),
];
