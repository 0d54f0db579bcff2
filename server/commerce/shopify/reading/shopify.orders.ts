import type { Change, Delivery, FinancialState, OrderState, ShopContext } from '../../commerce.types.ts';
import { toCurrency } from '../../fields.ts';
import { isJson } from '../../json.ts';
import { type Around, customerOf, guestOf } from './shopify.contacts.ts';
import { idOf, need, setCurrency, shaped } from './shopify.fields.ts';
import { orderLine, shippingOf } from './shopify.lines.ts';
import { type Cash, cashIn, exact, versionOf } from './shopify.money.ts';
import { type OrderPayload, orderShape } from './shopify.orders.shape.ts';
import { readRefund, removedWorth, settle } from './shopify.refunds.ts';

const WHAT = 'order';

const FINANCIAL: ReadonlySet<string> = new Set<FinancialState>([
  'pending',
  'authorized',
  'partially_paid',
  'paid',
  'partially_refunded',
  'refunded',
  'voided',
]);
const PAID: readonly FinancialState[] = ['paid', 'partially_refunded', 'refunded'];

const isFinancial = (text: string): text is FinancialState => FINANCIAL.has(text);

/** `expired` and whatever Shopify adds have brought no money (yet). */
const financialOf = (status: string | null): FinancialState =>
  status !== null && isFinancial(status) ? status : 'pending';

/** The shop's currency: what the sets say, else the order's own. */
function currencyOf(body: unknown, shop: ShopContext): string {
  if (!isJson(body)) return shop.currency;
  const own = body.currency ?? null;
  return (
    setCurrency(body.total_price_set) ??
    (own === null ? shop.currency : need(toCurrency(own), WHAT, 'currency', 'a currency code'))
  );
}

function contactIn(payload: OrderPayload, shop: ShopContext) {
  const around: Around = {
    locale: payload.customer_locale,
    addresses: [payload.billing_address, payload.shipping_address],
  };
  const known = payload.customer ? customerOf(payload.customer, shop, around) : null;
  if (known !== null) return known;
  const emails = [payload.contact_email, payload.email, payload.customer?.email];
  return guestOf({ emails, phones: [payload.phone, payload.customer?.phone] }, shop, around);
}

/** What gift cards and store credit paid, where the payload lists its transactions; 0 where it does not tell. */
function creditPaid(payload: OrderPayload, currency: string, cash: Cash): number {
  let total = 0;
  for (const { kind, status, gateway, ...paid } of payload.transactions ?? []) {
    if (gateway !== 'gift_card' && gateway !== 'shopify_store_credit') continue;
    if ((kind !== 'sale' && kind !== 'capture') || status !== 'success') continue;
    if (paid.currency !== null && paid.currency !== currency) continue;
    total += cash(null, paid.amount, 'transactions.amount') ?? 0;
  }
  return exact(total, WHAT, 'transactions');
}

/**
 * What the customer owes and what came back. `total_price` is after discounts and lines added, before anything removed;
 * `current_total_price` is what is left of it, refunded goods gone too (0 after a cancellation). So the total is
 * `total_price` less goods removed without money, yet never below the current one. A cancellation also removes goods
 * without money; there the total stays what it was.
 */
function totals(payload: OrderPayload, currency: string, cash: Cash): Pick<OrderState, 'total' | 'refunds'> {
  const gross = need(
    cash(payload.total_price_set, payload.total_price, 'total_price'),
    WHAT,
    'total_price',
    'an amount',
  );
  const current = cash(payload.current_total_price_set, payload.current_total_price, 'current_total_price') ?? 0;
  const order = { currency, taxesIncluded: payload.taxes_included };
  const read = (payload.refunds ?? []).map((refund) => readRefund(refund, order));
  const total = payload.cancelled_at === null ? Math.max(0, gross - removedWorth(read), current) : gross;
  return { total, refunds: settle(read, Math.max(0, gross - total)) };
}

function fulfilledAt(payload: OrderPayload): number | null {
  let newest: number | null = null;
  for (const { status, created_at: at } of payload.fulfillments ?? [])
    if (status === 'success' && at !== null && at > (newest ?? 0)) newest = at;
  return newest;
}

/**
 * A full order payload in the shop's money. Placed when it was processed (the true time of an imported order), else
 * created; paid, if it is, at that same time, since Shopify tells no other and it must not depend on arrival.
 * @throws DeliveryRefused `delivery.bad_field` without an id, a time or a total, or with an unusable amount;
 *   `delivery.too_large` for a list of more than MAX_ENTRIES
 */
function orderState(body: unknown, delivery: Delivery, shop: ShopContext): OrderState {
  const payload = shaped(orderShape, body, WHAT);
  const currency = currencyOf(body, shop);
  const cash = cashIn(WHAT, currency);
  const platformId = need(idOf(payload), WHAT, 'id', 'an id');
  const placedAt = need(payload.processed_at ?? payload.created_at, WHAT, 'created_at', 'a time');
  const financial = financialOf(payload.financial_status);
  const version = versionOf(delivery, payload.updated_at ?? placedAt);
  const contact = contactIn(payload, shop);
  // What a guest order says of the guest is as new as the order; a customer has a time of its own.
  const contactUpdated = contact?.platformId ? (payload.customer?.updated_at ?? 0) : version.updatedAt;
  return {
    platformId,
    number: payload.name ?? payload.order_number ?? platformId,
    customer: contact === null ? null : { ...contact, version: { ...version, updatedAt: contactUpdated } },
    placedAt,
    paidAt: PAID.includes(financial) ? placedAt : null,
    cancelledAt: payload.cancelled_at,
    financial,
    test: payload.test,
    currency,
    ...totals(payload, currency, cash),
    shipping:
      shippingOf(payload.shipping_lines, cash, payload.taxes_included) ??
      cash(payload.total_shipping_price_set, null, 'total_shipping_price_set') ??
      0,
    tax: cash(payload.total_tax_set, payload.total_tax, 'total_tax') ?? 0,
    discount: cash(payload.total_discounts_set, payload.total_discounts, 'total_discounts') ?? 0,
    creditPaid: creditPaid(payload, currency, cash),
    source: payload.source_name ?? 'unknown',
    checkoutToken: payload.checkout_token,
    discountCodes: (payload.discount_codes ?? []).flatMap(({ code }) => (code === null ? [] : [code])),
    fulfilledAt: fulfilledAt(payload),
    lines: (payload.line_items ?? []).map((line) => orderLine(line, cash, payload.taxes_included)),
    acceptsMarketing: payload.buyer_accepts_marketing,
    version,
  };
}

/**
 * `orders/create`, `updated`, `paid`, `cancelled`, `fulfilled`, `partially_fulfilled`: the order, and the consent to
 * e-mail that was ticked with it, dated when it was placed. @throws DeliveryRefused as orderState does
 */
export function readOrder(body: unknown, delivery: Delivery, shop: ShopContext): Change[] {
  const order = orderState(body, delivery, shop);
  const { customer } = order;
  if (!order.acceptsMarketing || customer === null) return [{ kind: 'order', order }];
  if (customer.platformId === null && customer.email === null) return [{ kind: 'order', order }];
  const { platformId, email: address, phone } = customer;
  return [
    { kind: 'order', order },
    {
      kind: 'consent',
      contact: { platformId, email: address, phone },
      consent: {
        channel: 'email',
        state: 'subscribed',
        at: order.placedAt,
        source: 'checkout',
        evidence: `Order ${order.number}`,
      },
    },
  ];
}
