import { hash } from 'node:crypto';
import type { z } from 'zod';
import { DeliveryRefused } from '../../commerce.errors.ts';
import type { Commerce } from '../../commerce.port.ts';
import type { Change, Delivery, ShopContext } from '../../commerce.types.ts';
import { toText } from '../../fields.ts';
import { type Json, parseBody } from '../../json.ts';
import { couponChanges } from './woocommerce.coupons.ts';
import { customerChanges } from './woocommerce.customers.ts';
import { shaped } from './woocommerce.fields.ts';
import { type Reading, toldOrder } from './woocommerce.orders.ts';
import { productChanges } from './woocommerce.products.ts';
import { wooAction, wooCoupon, wooCustomer, wooDeleted, wooError, wooOrder, wooProduct } from './woocommerce.shapes.ts';

type Reader = (body: Json, reading: Reading, shop: ShopContext) => Change[];

/** A reader of a whole thing, which a store may answer with an error of its own. */
function reader<T extends z.ZodType>(
  what: string,
  shape: T,
  changes: (thing: z.output<T>, reading: Reading, shop: ShopContext) => Change[],
): Reader {
  return (body, reading, shop) => {
    const error = wooError(body);
    return error === null ? changes(shaped(shape, body, what), reading, shop) : insteadOf(what, error);
  };
}

/**
 * Payloads are built when they are sent: of a thing that is gone by then, or that the webhook's owner may not see (any
 * more), a store sends its error, signed like all else.
 * @throws DeliveryRefused `delivery.no_rights`, `delivery.store_error`
 */
function insteadOf(what: string, { code, status }: { code: string; status: number }): Change[] {
  if (status === 404 || status === 410 || /_invalid_id$/.test(code))
    return [{ kind: 'ignored', reason: `The ${what} was deleted before the store sent this message about it.` }];
  if (status === 401 || status === 403)
    throw new DeliveryRefused(
      'delivery.no_rights',
      `The store sent an error instead of the ${what}: the WordPress user to whom this webhook belongs may not see it. ` +
        'Make this user a shop manager again, or connect the store anew with another.',
      { code, status },
    );
  throw new DeliveryRefused(
    'delivery.store_error',
    `The store sent the error "${code}" instead of the ${what}. Look at WooCommerce's log at this time.`,
    { code, status },
  );
}

const order = reader('order', wooOrder, toldOrder);
const customer = reader('customer', wooCustomer, customerChanges);
const product = reader('product', wooProduct, productChanges);
const coupon = reader('coupon', wooCoupon, couponChanges);

const restored = (orderId: string, at: number): Change[] => [
  { kind: 'order-restored', orderId, at, onlyIfDeleted: false },
  { kind: 'order-reread', orderId, at },
];

/**
 * Taken out of the trash: it is there again from the moment at which the store says so. It is looked at again, since the
 * order may be in the trash once more, and the topic is not signed.
 */
const orderRestored: Reader = (body, reading, shop) => {
  const told = order(body, reading, shop);
  return told.flatMap((change): Change[] =>
    change.kind === 'order' ? [change, ...restored(change.order.platformId, reading.readAt)] : [change],
  );
};

/**
 * Trash and deletion carry only an id, so that they are dated by their receipt. The topic stands in a header, which no
 * signature is over: a whole thing, signed when it was told, deletes nothing when it comes once more as a deletion.
 */
function gone(what: string, change: (id: string, at: number) => Change[]): Reader {
  const read = reader(`deleted ${what}`, wooDeleted, ({ id }, { readAt }) => change(id, readAt));
  return (body, reading, shop) => {
    if ('date_created_gmt' in body || 'date_modified_gmt' in body)
      throw new DeliveryRefused(
        'delivery.not_a_deletion',
        `WooCommerce's deleted ${what} cannot be used: it tells more than an id, so that it was signed for something else.`,
      );
    return read(body, reading, shop);
  };
}

/** Nothing but the order's id: the order is to be read again, where the store can be asked. */
const orderAction: Reader = (body, { readAt }) => [
  { kind: 'order-reread', orderId: shaped(wooAction, body, 'action').arg, at: readAt },
];

const SUBSCRIBED: [topic: string, reader: Reader][] = [
  ['order.created', order],
  ['order.updated', order],
  // Deliveries wait for a shop's visitors: it may be back by now, so it is looked at again.
  [
    'order.deleted',
    gone('order', (orderId, at) => [
      { kind: 'order-deleted', orderId, at },
      { kind: 'order-reread', orderId, at },
    ]),
  ],
  ['order.restored', orderRestored],
  ['customer.created', customer],
  ['customer.updated', customer],
  ['customer.deleted', gone('customer', (platformId, at) => [{ kind: 'customer-deleted', platformId, at }])],
  ['product.created', product],
  ['product.updated', product],
  ['product.deleted', gone('product', (platformId, at) => [{ kind: 'product-deleted', platformId, at }])],
  ['product.restored', product],
  ['coupon.created', coupon],
  ['coupon.updated', coupon],
  ['coupon.deleted', gone('coupon', (platformId, at) => [{ kind: 'coupon-deleted', platformId, at }])],
  ['coupon.restored', coupon],
  ['action.woocommerce_order_refunded', orderAction],
];
const READERS: ReadonlyMap<string, Reader> = new Map([
  ...SUBSCRIBED,
  // The change itself comes as order.updated: read where somebody subscribed to it, too.
  ['action.woocommerce_order_status_changed', orderAction],
]);

/** The webhook topics that are subscribed to in a store. */
export const WOO_TOPICS: readonly string[] = SUBSCRIBED.map(([topic]) => topic);

/**
 * WooCommerce's deliveries as neutral changes. A topic that has no reader is ignored with a reason, its body unread.
 * @throws DeliveryRefused (see parseBody and each reader) when the delivery can never be applied
 */
export const wooCommerce: Commerce = {
  read(delivery: Delivery, shop: ShopContext) {
    const read = READERS.get(delivery.topic);
    if (read === undefined)
      return [{ kind: 'ignored', reason: `Bazgasht does not use the topic "${toText(delivery.topic, 100) ?? ''}".` }];
    const reading = { readAt: delivery.receivedAt, hash: hash('sha256', delivery.body, 'hex') };
    return read(parseBody(delivery.body, 'WooCommerce'), reading, shop);
  },
};
