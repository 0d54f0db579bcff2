import { createHash } from 'node:crypto';
import type { Change } from '../../commerce/commerce.types.ts';
import { customerChanges } from '../../commerce/woocommerce/reading/woocommerce.customers.ts';
import { orderChanges } from '../../commerce/woocommerce/reading/woocommerce.orders.ts';
import { productChanges } from '../../commerce/woocommerce/reading/woocommerce.products.ts';
import { wooCustomer, wooOrder, wooProduct, wooRefund } from '../../commerce/woocommerce/reading/woocommerce.shapes.ts';
import { PRODUCTS } from '../store/sandbox.catalogue.ts';
import type { Word } from '../store/sandbox.kind.ts';
import type { Past } from '../store/sandbox.past.ts';
import { customerJson } from './woo.customers.ts';
import { orderJson } from './woo.orders.ts';
import { productJson } from './woo.products.ts';
import { refundJson } from './woo.refunds.ts';
import type { Woo } from './woo.types.ts';

const reading = (body: unknown, readAt: number) => ({
  readAt,
  hash: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
});

/** A store's past as its API tells it, accounts before what they bought, each at its own time. */
export function wooWords(woo: Woo, past: Past): Word[] {
  const word = <T>(
    body: T,
    at: number,
    changes: (body: T, at: number) => (shop: Parameters<Word['changes']>[0]) => Change[],
  ): Word => ({
    at,
    changes: changes(body, at),
  });
  const products = PRODUCTS.map((product) =>
    word(
      productJson(product, woo),
      woo.begins,
      (body, at) => () => productChanges(wooProduct.parse(body), reading(body, at)),
    ),
  );
  const customers = past.customers.map((customer) =>
    word(
      customerJson(customer, woo),
      customer.createdAt,
      (body, at) => (shop) => customerChanges(wooCustomer.parse(body), reading(body, at), shop),
    ),
  );
  const orders = past.orders.map((order) => {
    const refunds = order.refunds.map((refund) => wooRefund.parse(refundJson(order, refund, woo.site)));
    return word(
      orderJson(order, woo),
      order.placedAt,
      (body, at) => (shop) => orderChanges(wooOrder.parse(body), reading(body, at), shop, refunds),
    );
  });
  // Sorting keeps the order of what is of the same time.
  return [...products, ...[...customers, ...orders].sort((a, b) => a.at - b.at)];
}
