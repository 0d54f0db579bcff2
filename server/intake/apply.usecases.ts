import { recordCart, recordCartDeleted } from '../carts/carts.usecases.ts';
import type { Change } from '../commerce/commerce.types.ts';
import { recordCoupon, recordCouponDeleted } from '../coupons/coupons.usecases.ts';
import { customerFor, recordConsent, recordTags } from '../customers/customers.usecases.ts';
import { mergeAccounts } from '../customers/merge.usecases.ts';
import { recordAccount, recordAccountDeleted } from '../customers/signup.usecases.ts';
import type { Applier, Outcome } from '../inbox/applier.port.ts';
import {
  recordFulfilment,
  recordOrderDeleted,
  recordOrderEdited,
  recordOrderRestored,
  recordRefund,
  recordRefundDetail,
} from '../orders/facts.usecases.ts';
import { recordOrder, recordOrderUnplaced } from '../orders/orders.usecases.ts';
import { redactCustomer, redactShop } from '../privacy/erase.usecases.ts';
import { answerDataRequest } from '../privacy/export.usecases.ts';
import { recordProduct, recordProductDeleted } from '../products/products.usecases.ts';
import type { Features, Scope } from '../shops/scope.ts';
import { recordScopes, uninstall, updateProfile } from '../shops/shops.usecases.ts';
import { askReread } from '../syncs/syncs.usecases.ts';
import { readAhead } from './ahead.usecases.ts';

/**
 * Does what changes say, inside a transaction of the shop. `features`: over which an erasure and a data request go; null for
 * what was read from a platform, which asks for neither.
 */
export async function applyChanges(
  scope: Scope,
  changes: Change[],
  features: Features | null = null,
): Promise<Outcome> {
  const outcome: Outcome = { state: 'applied', reason: null, customerId: null, forget: false, erases: false };
  for (const change of changes) {
    if (change.kind === 'ignored') {
      outcome.state = 'ignored';
      outcome.reason = change.reason;
    } else {
      outcome.customerId = (await applyChange(scope, change, features)) ?? outcome.customerId;
    }
    outcome.erases ||= change.kind === 'redact-customer' || change.kind === 'redact-shop';
    outcome.forget ||= outcome.erases || change.kind === 'ignored';
  }
  return outcome;
}

type Real = Exclude<Change, { kind: 'ignored' }>;
type Appliers = {
  [K in Real['kind']]: (
    scope: Scope,
    change: Extract<Real, { kind: K }>,
    features: Features | null,
  ) => Promise<string | null>;
};

function all(features: Features | null): Features {
  if (!features) throw new Error('Only a delivery asks for data, or to erase it.');
  return features;
}

/** A fact about nobody in particular. */
const none = (_result: unknown): null => null;

/** One use case for each kind of fact; each answers whom it was about, if anyone. */
const appliers: Appliers = {
  order: async (scope, { order }) => (await recordOrder(scope, order)).customerId,
  'order-deleted': (scope, { orderId, at }) => recordOrderDeleted(scope, orderId, at),
  'order-unplaced': (scope, { orderId, version }) => recordOrderUnplaced(scope, orderId, version),
  'order-edited': async (scope, { orderId, editId, at }) => {
    const customerId = await recordOrderEdited(scope, orderId, editId, at);
    // A mere difference: where the platform can be asked, the order is read again.
    if (scope.shop.state === 'installed') await askReread(scope, orderId, at);
    return customerId;
  },
  'order-restored': (scope, { orderId, at, onlyIfDeleted }) => recordOrderRestored(scope, orderId, at, onlyIfDeleted),
  'order-reread': async (scope, { orderId, at }) =>
    none(scope.shop.state === 'installed' ? await askReread(scope, orderId, at) : null),
  refund: (scope, { orderId, refund }) => recordRefund(scope, orderId, refund),
  'refund-detail': (scope, { orderId, refund }) => recordRefundDetail(scope, orderId, refund),
  fulfilment: (scope, { kind: _kind, ...fulfilment }) => recordFulfilment(scope, fulfilment),
  cart: (scope, { cart }) => recordCart(scope, cart),
  'cart-deleted': async (scope, { token, at }) => none(await recordCartDeleted(scope, token, at)),
  customer: (scope, { customer, version }) => recordAccount(scope, customer, version),
  'customer-deleted': (scope, { platformId, at }) => recordAccountDeleted(scope, platformId, at),
  'customers-merged': (scope, { kept, gone }) => mergeAccounts(scope, kept, gone),
  consent: async (scope, { contact, consent }) => {
    const customerId = await customerFor(scope, contact);
    if (customerId !== null) await recordConsent(scope, customerId, consent);
    return customerId;
  },
  tags: async (scope, { platformId, tags, present, at }) => {
    const customerId = await customerFor(scope, { platformId, email: null, phone: null });
    if (customerId !== null) await recordTags(scope, customerId, { tags, present, at });
    return customerId;
  },
  product: async (scope, { product }) => none(await recordProduct(scope, product)),
  'product-deleted': async (scope, { platformId, at }) => none(await recordProductDeleted(scope, platformId, at)),
  coupon: async (scope, { coupon }) => none(await recordCoupon(scope, coupon)),
  'coupon-deleted': async (scope, { platformId, at }) => none(await recordCouponDeleted(scope, platformId, at)),
  uninstalled: async (scope, { at }) => none(await uninstall(scope, at)),
  scopes: async (scope, { scopes }) => none(await recordScopes(scope, scopes)),
  shop: async (scope, { at, kind: _kind, ...profile }) => none(await updateProfile(scope, profile, at)),
  'data-request': (scope, { requestId, contact, orderIds }, features) =>
    answerDataRequest(scope, all(features), { requestId, contact, orderIds }),
  'redact-customer': (scope, { contact, orderIds }, features) =>
    redactCustomer(scope, all(features), { contact, orderIds }),
  'redact-shop': async (scope) => none(await redactShop(scope)),
};

async function applyChange<K extends Real['kind']>(
  scope: Scope,
  change: Extract<Real, { kind: K }>,
  features: Features | null,
) {
  const apply = appliers[change.kind] as Appliers[K];
  return apply(scope, change, features);
}

/** What the inbox does deliveries by. */
export const createApplier = (features: Features): Applier => ({
  readAhead,
  applyChanges: (scope, changes) => applyChanges(scope, changes, features),
});
