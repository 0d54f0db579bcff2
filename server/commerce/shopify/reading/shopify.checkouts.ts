import { z } from 'zod';
import type { CartState, Change, Delivery, ShopContext } from '../../commerce.types.ts';
import { toCurrency, toPhone } from '../../fields.ts';
import { addressShape, customerOf, customerShape } from './shopify.contacts.ts';
import { amount, email, list, need, shaped, strictInstant, text, yes } from './shopify.fields.ts';
import { cartLine, cartLineShape } from './shopify.lines.ts';
import { cashIn, versionOf } from './shopify.money.ts';

const WHAT = 'checkout';

// No `id`: checkouts have had none since 2026-04, and what joins a checkout with its order is the token.
const checkoutShape = z.object({
  token: text(255),
  cart_token: text(255),
  email,
  phone: text(40),
  sms_marketing_phone: text(40),
  buyer_accepts_marketing: yes,
  buyer_accepts_sms_marketing: yes,
  customer_locale: text(35),
  currency: text(3),
  total_price: amount,
  abandoned_checkout_url: text(2_048),
  created_at: strictInstant,
  updated_at: strictInstant,
  completed_at: strictInstant,
  customer: customerShape.nullish(),
  billing_address: addressShape,
  shipping_address: addressShape,
  line_items: list(cartLineShape),
});

type CheckoutPayload = z.output<typeof checkoutShape>;

const deletedShape = z.object({ token: text(255) });

/** A recovery link as Shopify makes it; anything but https is dropped, since it is mailed to customers. */
const linkOf = (url: string | null): string | null => (url !== null && /^https:\/\/\S+$/.test(url) ? url : null);

function cartState(payload: CheckoutPayload, delivery: Delivery, shop: ShopContext): CartState {
  const currency = need(toCurrency(payload.currency ?? shop.currency), WHAT, 'currency', 'a currency code');
  const cash = cashIn(WHAT, currency);
  const addresses = [payload.billing_address, payload.shipping_address];
  const around = { locale: payload.customer_locale, addresses };
  const customer = payload.customer ? customerOf(payload.customer, shop, around) : null;
  const country = addresses.find((address) => address?.country_code)?.country_code ?? shop.country;
  const createdAt = need(payload.created_at ?? payload.updated_at, WHAT, 'created_at', 'a time');
  return {
    token: need(payload.token, WHAT, 'token', 'a text'),
    cartToken: payload.cart_token,
    customer,
    email: payload.email ?? payload.customer?.email ?? null,
    phone:
      toPhone(payload.phone, country) ??
      toPhone(payload.sms_marketing_phone, country) ??
      toPhone(payload.shipping_address?.phone ?? null, country) ??
      customer?.phone ??
      null,
    lines: (payload.line_items ?? []).map((line) => cartLine(line, cash)),
    currency,
    total: need(cash(null, payload.total_price, 'total_price'), WHAT, 'total_price', 'an amount'),
    recoveryUrl: linkOf(payload.abandoned_checkout_url),
    createdAt,
    completedAt: payload.completed_at,
    version: versionOf(delivery, payload.updated_at ?? createdAt),
  };
}

/** Dated by the checkout's start: a later update of it must not undo an unsubscription made meanwhile. */
function consents(payload: CheckoutPayload, cart: CartState, shop: ShopContext): Change[] {
  const platformId = cart.customer?.platformId ?? null;
  const consent = { state: 'subscribed', at: cart.createdAt, source: 'checkout', evidence: null } as const;
  const changes: Change[] = [];
  if (payload.buyer_accepts_marketing && cart.email !== null) {
    const contact = { platformId, email: cart.email, phone: null };
    changes.push({ kind: 'consent', contact, consent: { ...consent, channel: 'email' } });
  }
  const phone = toPhone(payload.sms_marketing_phone, shop.country);
  if (payload.buyer_accepts_sms_marketing && phone !== null) {
    const contact = { platformId, email: cart.email, phone };
    changes.push({ kind: 'consent', contact, consent: { ...consent, channel: 'sms' } });
  }
  return changes;
}

/**
 * `checkouts/create|update`: the cart, and the consents ticked in it. Amounts in the checkout's currency, which is the
 * shop's. @throws DeliveryRefused without a token, a time or a total, or with an unusable price
 */
export function readCheckout(body: unknown, delivery: Delivery, shop: ShopContext): Change[] {
  const payload = shaped(checkoutShape, body, WHAT);
  const cart = cartState(payload, delivery, shop);
  return [{ kind: 'cart', cart }, ...consents(payload, cart, shop)];
}

/** `checkouts/delete`, dated by the delivery. Some carry no token, and then nothing tells which cart it was. */
export function readCheckoutDeleted(body: unknown, delivery: Delivery): Change[] {
  const { token } = shaped(deletedShape, body, WHAT);
  if (token === null) return [{ kind: 'ignored', reason: 'Shopify did not say which checkout was deleted.' }];
  return [{ kind: 'cart-deleted', token, at: delivery.triggeredAt }];
}
