import type { Change, ShopContext } from '../../commerce.types.ts';
import { accountOf } from './woocommerce.contacts.ts';
import { type Reading, versionOf } from './woocommerce.orders.ts';
import type { WooCustomer } from './woocommerce.shapes.ts';

/** Roles of those who run a shop: WordPress tells of any user as of a customer. */
const STAFF: readonly string[] = ['administrator', 'shop_manager', 'editor', 'author', 'contributor'];

/**
 * What an account says of itself. Somebody who runs the shop and never bought is no customer. One that WordPress never
 * modified is as old as it is.
 *
 * Here a birthday will be read (the meta `bazgasht_birthday`, which the WordPress plug-in shows) once the neutral
 * facts have a place for it.
 */
export function customerChanges(customer: WooCustomer, reading: Reading, shop: ShopContext): Change[] {
  if (customer.role !== null && STAFF.includes(customer.role) && !customer.is_paying_customer)
    return [{ kind: 'ignored', reason: `The WordPress user ${customer.id} runs the shop and bought nothing.` }];
  // At least 1: what orders say of a person is 0, and older.
  const updatedAt = Math.max(1, customer.date_modified_gmt ?? customer.date_created_gmt ?? 1);
  return [{ kind: 'customer', customer: accountOf(customer, shop), version: versionOf(updatedAt, reading) }];
}
