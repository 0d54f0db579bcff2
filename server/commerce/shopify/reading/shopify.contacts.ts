import { z } from 'zod';
import type { CustomerState, ShopContext } from '../../commerce.types.ts';
import { toPhone } from '../../fields.ts';
import { country, email, idOf, ids, instant, text } from './shopify.fields.ts';

/** A postal address, as far as it tells who and where somebody is. */
export const addressShape = z
  .object({ first_name: text(255), last_name: text(255), phone: text(40), country_code: country })
  .nullish()
  .catch(null);

/** A customer, alone or inside an order or a checkout. */
export const customerShape = z.object({
  ...ids,
  email,
  phone: text(40),
  first_name: text(255),
  last_name: text(255),
  note: text(5_000),
  locale: text(35),
  created_at: instant,
  updated_at: instant,
  default_address: addressShape,
});

export type CustomerPayload = z.output<typeof customerShape>;
export type AddressPayload = z.output<typeof addressShape>;

/** Where a customer's facts may be filled in from when the customer does not carry them. */
export type Around = { locale?: string | null; addresses?: AddressPayload[] };

const countryOf = (addresses: (AddressPayload | undefined)[]): string | null =>
  addresses.find((address) => address?.country_code)?.country_code ?? null;

/**
 * The customer with an id; null without one. E-mail and phone are normalised, the phone by the customer's country, else
 * the shop's. Locale and country come from the surrounding order where the customer has none.
 */
export function customerOf(payload: CustomerPayload, shop: ShopContext, around: Around = {}): CustomerState | null {
  const platformId = idOf(payload);
  if (platformId === null) return null;
  const where = countryOf([payload.default_address, ...(around.addresses ?? [])]);
  return {
    platformId,
    email: payload.email,
    phone: toPhone(payload.phone, where ?? shop.country),
    firstName: payload.first_name ?? payload.default_address?.first_name ?? null,
    lastName: payload.last_name ?? payload.default_address?.last_name ?? null,
    locale: payload.locale ?? around.locale ?? null,
    country: where,
    note: payload.note,
    registeredAt: payload.created_at,
  };
}

type Written = string | null | undefined;

function firstPhone(written: Written[], country: string | null): string | null {
  for (const text of written) {
    const phone = toPhone(text ?? null, country);
    if (phone !== null) return phone;
  }
  return null;
}

/** A guest by the first usable e-mail and phone, the addresses' phones last; null when there is neither. */
export function guestOf(
  contact: { emails: Written[]; phones: Written[] },
  shop: ShopContext,
  around: Around,
): CustomerState | null {
  const addresses = around.addresses ?? [];
  const where = countryOf(addresses);
  const address = addresses.find((one) => one !== null && one !== undefined);
  const email = contact.emails.find((one) => one) ?? null;
  const phone = firstPhone([...contact.phones, ...addresses.map((one) => one?.phone)], where ?? shop.country);
  if (email === null && phone === null) return null;
  return {
    platformId: null,
    email,
    phone,
    firstName: address?.first_name ?? null,
    lastName: address?.last_name ?? null,
    locale: around.locale ?? null,
    country: where,
    note: null,
    registeredAt: null,
  };
}
