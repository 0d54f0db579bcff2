import type { Commerce } from '../../commerce.port.ts';
import type { Change, Delivery, ShopContext } from '../../commerce.types.ts';
import { toText } from '../../fields.ts';
import { type Json, parseBody } from '../../json.ts';
import { readCheckout, readCheckoutDeleted } from './shopify.checkouts.ts';
import { readConsent } from './shopify.consents.ts';
import { readCustomer, readCustomerDeleted, readMerge, readTags } from './shopify.customers.ts';
import { readOrderDeleted, readOrderEdited } from './shopify.edits.ts';
import { readFulfilment, readFulfilmentEvent } from './shopify.fulfilments.ts';
import { readOrder } from './shopify.orders.ts';
import { readDataRequest, readRedactCustomer, readRedactShop } from './shopify.privacy.ts';
import { readProduct, readProductDeleted } from './shopify.products.ts';
import { readRefunds } from './shopify.refunds.ts';
import { readScopes, readShop, readUninstalled } from './shopify.shop.ts';

type Reader = (body: Json, delivery: Delivery, shop: ShopContext) => Change[];

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['orders/create', readOrder],
  ['orders/updated', readOrder],
  ['orders/paid', readOrder],
  ['orders/cancelled', readOrder],
  ['orders/fulfilled', readOrder],
  ['orders/partially_fulfilled', readOrder],
  ['orders/edited', readOrderEdited],
  ['orders/delete', readOrderDeleted],
  ['refunds/create', readRefunds],
  ['fulfillments/create', readFulfilment],
  ['fulfillments/update', readFulfilment],
  ['fulfillment_events/create', readFulfilmentEvent],
  ['checkouts/create', readCheckout],
  ['checkouts/update', readCheckout],
  ['checkouts/delete', readCheckoutDeleted],
  ['customers/create', readCustomer],
  ['customers/update', readCustomer],
  ['customers/delete', readCustomerDeleted],
  ['customers/merge', readMerge],
  ['customers_email_marketing_consent/update', readConsent('email')],
  ['customers_marketing_consent/update', readConsent('sms')],
  ['customer.tags_added', readTags(true)],
  ['customer.tags_removed', readTags(false)],
  ['products/create', readProduct],
  ['products/update', readProduct],
  ['products/delete', readProductDeleted],
  ['app/uninstalled', readUninstalled],
  ['app/scopes_update', readScopes],
  ['shop/update', readShop],
  ['customers/data_request', readDataRequest],
  ['customers/redact', readRedactCustomer],
  ['shop/redact', readRedactShop],
]);

/** The webhook topics that Bazgasht reads, the mandatory ones included. */
export const SHOPIFY_TOPICS: readonly string[] = [...READERS.keys()];

/**
 * Shopify's deliveries as neutral changes. A topic that is not in SHOPIFY_TOPICS is ignored with a reason, its body
 * unread. @throws DeliveryRefused (see parseBody and each reader) when the delivery can never be applied
 */
export const shopifyCommerce: Commerce = {
  read(delivery, shop) {
    const reader = READERS.get(delivery.topic);
    if (reader === undefined)
      return [{ kind: 'ignored', reason: `Bazgasht does not use the topic "${toText(delivery.topic, 100) ?? ''}".` }];
    return reader(parseBody(delivery.body, 'Shopify'), delivery, shop);
  },
};
