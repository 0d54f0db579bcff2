import type { Change, Delivery, ShopContext } from '../../commerce.types.ts';
import type { BulkCustomersQuery, BulkOrdersQuery, OrderReadQuery, RefundReadQuery } from '../operations.generated.ts';
import { readCustomer, readTags } from './shopify.customers.ts';
import { readOrder } from './shopify.orders.ts';

type BulkOrder = BulkOrdersQuery['orders']['edges'][number]['node'];
type ReadOrder = NonNullable<OrderReadQuery['order']>;
/** An order without its lists. */
export type OrderNode = Omit<BulkOrder & ReadOrder, 'lineItems' | 'shippingLines'>;
export type LineNode = ReadOrder['lineItems']['nodes'][number];
export type ShippingNode = ReadOrder['shippingLines']['nodes'][number];
export type RefundNode = NonNullable<RefundReadQuery['refund']>;
export type CustomerNode = BulkCustomersQuery['customers']['edges'][number]['node'];
type Money = { shopMoney: { amount: string; currencyCode: string } } | null | undefined;

const money = (set: Money) =>
  set ? { shop_money: { amount: set.shopMoney.amount, currency_code: set.shopMoney.currencyCode } } : null;
const lower = (word: string | null | undefined) => word?.toLowerCase() ?? null;

/** An object that was read, in the place of a delivery: its time is when it was asked for. */
const readAt = (body: unknown, at: number): Delivery => ({
  topic: '',
  triggeredAt: at,
  receivedAt: at,
  body: Buffer.from(JSON.stringify(body)),
});

type Address = {
  firstName: string | null;
  lastName: string | null;
  countryCodeV2: string | null;
  phone?: string | null;
};
const address = (one: Address | null | undefined) =>
  one
    ? {
        first_name: one.firstName,
        last_name: one.lastName,
        phone: one.phone ?? null,
        country_code: one.countryCodeV2,
      }
    : null;

type Person = Pick<CustomerNode, 'id' | 'firstName' | 'lastName' | 'note' | 'locale' | 'createdAt' | 'updatedAt'> & {
  defaultEmailAddress: { emailAddress: string } | null;
  defaultPhoneNumber: { phoneNumber: string } | null;
  defaultAddress: Address | null;
};
const person = (one: Person) => ({
  admin_graphql_api_id: one.id,
  email: one.defaultEmailAddress?.emailAddress ?? null,
  phone: one.defaultPhoneNumber?.phoneNumber ?? null,
  first_name: one.firstName,
  last_name: one.lastName,
  note: one.note,
  locale: one.locale,
  created_at: one.createdAt,
  updated_at: one.updatedAt,
  default_address: address(one.defaultAddress),
});

const allocations = (all: LineNode['discountAllocations']) =>
  all.map(({ allocatedAmountSet }) => ({ amount_set: money(allocatedAmountSet) }));
const taxes = (all: LineNode['taxLines']) => all.map(({ priceSet }) => ({ price_set: money(priceSet) }));

const digits = (gid: string | undefined) => gid?.split('/').at(-1) ?? null;

const line = (one: LineNode) => ({
  admin_graphql_api_id: one.id,
  product_id: digits(one.product?.id),
  variant_id: digits(one.variant?.id),
  sku: one.sku,
  title: one.title,
  name: one.name,
  vendor: one.vendor,
  quantity: one.quantity,
  gift_card: one.isGiftCard,
  price_set: money(one.originalUnitPriceSet),
  discount_allocations: allocations(one.discountAllocations),
  tax_lines: taxes(one.taxLines),
});

const shipping = (one: ShippingNode) => ({
  is_removed: one.isRemoved,
  price_set: money(one.originalPriceSet),
  discounted_price_set: money(one.discountedPriceSet),
  discount_allocations: allocations(one.discountAllocations),
  tax_lines: taxes(one.taxLines),
});

type Transaction = { kind: string; status: string; gateway?: string | null; amountSet: Money };
const transaction = (one: Transaction) => ({
  kind: lower(one.kind),
  status: lower(one.status),
  gateway: one.gateway ?? null,
  amount: one.amountSet?.shopMoney.amount ?? null,
  currency: one.amountSet?.shopMoney.currencyCode ?? null,
});

const refund = (one: RefundNode) => ({
  admin_graphql_api_id: one.id,
  created_at: one.createdAt ?? one.processedAt,
  refund_line_items: one.refundLineItems.nodes.map(({ lineItem, quantity, subtotalSet, totalTaxSet }) => ({
    line_item: { admin_graphql_api_id: lineItem.id },
    quantity,
    subtotal_set: money(subtotalSet),
    total_tax_set: money(totalTaxSet),
  })),
  refund_shipping_lines: one.refundShippingLines.nodes.map(({ subtotalAmountSet, taxAmountSet }) => ({
    subtotal_amount_set: money(subtotalAmountSet),
    tax_amount_set: money(taxAmountSet),
  })),
  order_adjustments: one.orderAdjustments.nodes.map(({ reason, amountSet, taxAmountSet }) => ({
    kind: lower(reason),
    amount_set: money(amountSet),
    tax_amount_set: money(taxAmountSet),
  })),
  transactions: one.transactions.nodes.map(transaction),
});

/**
 * An order as the Admin API gives it, by the same rules as one that a webhook brings: put into the webhook's shape.
 * `at`: when it was asked for, epoch ms. @throws DeliveryRefused as readOrder does
 */
export function orderChanges(
  parts: { order: OrderNode; lines: LineNode[]; shipping: ShippingNode[]; refunds: RefundNode[] },
  at: number,
  shop: ShopContext,
): Change[] {
  const { order } = parts;
  const body = {
    admin_graphql_api_id: order.id,
    name: order.name,
    test: order.test,
    taxes_included: order.taxesIncluded,
    created_at: order.createdAt,
    processed_at: order.processedAt,
    updated_at: order.updatedAt,
    cancelled_at: order.cancelledAt,
    currency: order.currencyCode,
    financial_status: lower(order.displayFinancialStatus),
    total_price_set: money(order.totalPriceSet),
    current_total_price_set: money(order.currentTotalPriceSet),
    total_shipping_price_set: money(order.totalShippingPriceSet),
    total_tax_set: money(order.totalTaxSet),
    total_discounts_set: money(order.totalDiscountsSet),
    source_name: order.sourceName,
    checkout_token: order.checkoutToken,
    customer_locale: order.customerLocale,
    buyer_accepts_marketing: order.customerAcceptsMarketing,
    email: order.email,
    phone: order.phone,
    customer: order.customer ? person(order.customer) : null,
    billing_address: address(order.billingAddress),
    shipping_address: address(order.shippingAddress),
    discount_codes: order.discountCodes.map((code) => ({ code })),
    fulfillments: order.fulfillments.map(({ status, createdAt }) => ({ status: lower(status), created_at: createdAt })),
    transactions: order.transactions.map(transaction),
    line_items: parts.lines.map(line),
    shipping_lines: parts.shipping.map(shipping),
    refunds: parts.refunds.map(refund),
  };
  return readOrder(body, readAt(body, at), shop);
}

/** A customer as the Admin API gives one, with e-mail consent and tags. @throws DeliveryRefused without an id */
export function customerChanges(node: CustomerNode, at: number, shop: ShopContext): Change[] {
  const address = node.defaultEmailAddress;
  const consent = address && {
    state: lower(address.marketingState),
    opt_in_level: lower(address.marketingOptInLevel),
    consent_updated_at: address.marketingUpdatedAt,
  };
  const body = { ...person(node), email_marketing_consent: consent };
  const changes = readCustomer(body, readAt(body, at), shop);
  if (node.tags.length === 0) return changes;
  const tags = { customerId: node.id, tags: node.tags, occurredAt: node.updatedAt };
  return [...changes, ...readTags(true)(tags, readAt(tags, at))];
}
