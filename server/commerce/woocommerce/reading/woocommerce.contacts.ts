import type { CustomerState, OrderState, ShopContext } from '../../commerce.types.ts';
import { toPhone } from '../../fields.ts';
import type { WooCustomer, WooOrder } from './woocommerce.shapes.ts';

/** An account's own word is never as old as this; see `buyerOf`. */
const OF_AN_ORDER = 0;

/**
 * Who bought. `customer_id` decides; 0 is a guest, known by the billing e-mail, else by the phone. Phones are read by the
 * billing country, else the shop's. Null without any contact.
 *
 * What an order says of a person is older than anything that the account says of itself: an account's own e-mail stays,
 * whatever was typed at a checkout, which verifies nothing. Among orders the one modified last is the newest word.
 */
export function buyerOf(
  order: WooOrder,
  { updatedAt, bodyHash }: { updatedAt: number; bodyHash: string },
  shop: ShopContext,
): OrderState['customer'] {
  const { billing, shipping } = order;
  const country = billing.country ?? shipping.country;
  const where = country ?? shop.country;
  const contact = {
    platformId: order.customer_id,
    email: billing.email,
    phone: toPhone(billing.phone, where) ?? toPhone(shipping.phone, shipping.country ?? where),
  };
  if (contact.platformId === null && contact.email === null && contact.phone === null) return null;
  return {
    ...contact,
    firstName: billing.first_name ?? shipping.first_name,
    lastName: billing.last_name ?? shipping.last_name,
    locale: null,
    country,
    note: null,
    registeredAt: null,
    version: { updatedAt: OF_AN_ORDER, triggeredAt: updatedAt, bodyHash },
  };
}

/** An account as it speaks of itself: its own e-mail, the phone and country of its billing address. */
export function accountOf(customer: WooCustomer, shop: ShopContext): CustomerState {
  const { billing } = customer;
  return {
    platformId: customer.id,
    email: customer.email,
    phone: toPhone(billing.phone, billing.country ?? shop.country),
    firstName: customer.first_name ?? billing.first_name,
    lastName: customer.last_name ?? billing.last_name,
    locale: null,
    country: billing.country,
    note: null,
    registeredAt: customer.date_created_gmt,
  };
}
