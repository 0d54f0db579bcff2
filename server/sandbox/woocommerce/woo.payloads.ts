import { PRODUCTS } from '../store/sandbox.catalogue.ts';
import { type Answer, invalidId, refusedTo } from './woo.answers.ts';
import { couponJson } from './woo.coupons.ts';
import { customerJson } from './woo.customers.ts';
import { orderJson } from './woo.orders.ts';
import { productJson } from './woo.products.ts';
import type { Woo } from './woo.types.ts';
import { partsOf } from './woo.webhooks.ts';

/** One thing, as the API gives it to whoever may see it. */
export function resource(woo: Woo, type: string, id: string): Answer {
  const { store } = woo;
  const found = (body: unknown): Answer => ({ status: 200, body });
  switch (type) {
    case 'order': {
      const order = store.orders.get(id);
      return order ? found(orderJson(order, woo)) : invalidId('shop_order');
    }
    case 'customer': {
      const customer = store.customers.get(id);
      return customer ? found(customerJson(customer, woo)) : invalidId('customer');
    }
    case 'product': {
      const product = PRODUCTS.find((known) => known.id === id);
      return product ? found(productJson(product, woo)) : invalidId('product');
    }
    default: {
      const coupon = [...store.coupons.values()].find((known) => String(known.id) === id);
      return coupon ? found(couponJson(coupon, woo)) : invalidId('shop_coupon');
    }
  }
}

/**
 * What a webhook carries at the time at which it is sent: the thing as the API gives it to the webhook's owner, an error of
 * the API where it is gone or the owner may not see it, and little more than an id of what was deleted and of actions.
 */
export function payloadOf(woo: Woo, topic: string, id: string): unknown {
  const { resource: type, event } = partsOf(topic);
  // A hook's first argument only.
  if (type === 'action') return { action: event, arg: Number(id) };
  if (event === 'deleted') return { id: Number(id) };
  if (woo.faults.ownerWithoutRights) return refusedTo('view', 403).body;
  return resource(woo, type, id).body;
}
