import type { OrderLine, Refund } from '../../commerce/commerce.types.ts';
import { iso, isoOrNull, type Json } from '../../commerce/shopify/writing/payload.parts.ts';
import { formatMajor } from '../../shared/money.ts';
import { type SandboxProduct, VENDOR } from '../store/sandbox.catalogue.ts';
import type { Store } from '../store/sandbox.store.ts';
import type { SandboxCustomer, SandboxOrder } from '../store/sandbox.types.ts';
import { type Arguments, connection } from './sandbox.connection.ts';

/** The store's things as Admin GraphQL shows them. What is missing here is answered null, or refused where it may not be. */
const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;

function bag(cents: number): Json {
  const money = { amount: formatMajor(cents, 'USD'), currencyCode: 'USD' };
  return { shopMoney: money, presentmentMoney: money };
}

/** A list inside a node, in pages. */
const inner = (nodes: () => Json[]) => (args: Arguments, context: { bulk: boolean }) =>
  connection(nodes(), args, context.bulk);

function lineNode(line: OrderLine, order: SandboxOrder): Json {
  const back = order.refunds.flatMap(({ lines }) => lines).filter(({ lineId }) => lineId === line.platformId);
  return {
    __typename: 'LineItem',
    id: gid('LineItem', line.platformId),
    title: line.title,
    name: line.title,
    sku: line.sku,
    vendor: line.vendor,
    quantity: line.quantity,
    isGiftCard: line.giftCard,
    taxable: true,
    currentQuantity: line.quantity - back.reduce((sum, { quantity }) => sum + quantity, 0),
    product: line.productId === null ? null : { __typename: 'Product', id: gid('Product', line.productId) },
    variant:
      line.variantId === null ? null : { __typename: 'ProductVariant', id: gid('ProductVariant', line.variantId) },
    originalUnitPriceSet: bag(line.unitPrice),
    totalDiscountSet: bag(line.discount),
    discountAllocations: line.discount > 0 ? [{ allocatedAmountSet: bag(line.discount) }] : [],
    taxLines: [],
    customAttributes: [],
    requiresShipping: true,
  };
}

const transaction = (id: string, kind: string, cents: number, at: number): Json => ({
  __typename: 'OrderTransaction',
  id: gid('OrderTransaction', id),
  kind,
  status: 'SUCCESS',
  test: false,
  gateway: 'bogus',
  amountSet: bag(cents),
  createdAt: iso(at),
  processedAt: iso(at),
});

/** `Refund` */
export function refundNode(refund: Refund, order: SandboxOrder): Json {
  const lines = () =>
    refund.lines.map(({ lineId, quantity, amount }) => {
      const line = order.lines.find(({ platformId }) => platformId === lineId);
      return {
        __typename: 'RefundLineItem',
        quantity,
        subtotalSet: bag(amount),
        totalTaxSet: bag(0),
        lineItem: line ? lineNode(line, order) : null,
      };
    });
  return {
    __typename: 'Refund',
    id: gid('Refund', refund.platformId),
    legacyResourceId: refund.platformId,
    createdAt: iso(refund.at),
    updatedAt: iso(refund.at),
    processedAt: iso(refund.at),
    // No more of the order than its name: it lists its refunds itself.
    order: { __typename: 'Order', id: gid('Order', order.platformId), legacyResourceId: order.platformId },
    totalRefundedSet: bag(refund.amount),
    refundLineItems: inner(lines),
    refundShippingLines: inner(() => []),
    orderAdjustments: inner(() => []),
    transactions: inner(() => [transaction(`${refund.platformId}1`, 'REFUND', refund.amount, refund.at)]),
  };
}

const address = (person: { firstName: string | null; lastName: string | null; phone: string | null }): Json => ({
  __typename: 'MailingAddress',
  firstName: person.firstName,
  lastName: person.lastName,
  phone: person.phone,
  countryCodeV2: 'US',
  country: 'United States',
});

/** `Order` */
export function orderNode(order: SandboxOrder, store: Store): Json {
  const back = order.refunds.reduce((sum, { amount }) => sum + amount, 0);
  const { customer } = order;
  const account = customer?.platformId ? store.customers.get(customer.platformId) : undefined;
  const shipping = {
    __typename: 'ShippingLine',
    id: gid('ShippingLine', `${order.platformId}9`),
    title: 'Standard',
    isRemoved: false,
    originalPriceSet: bag(order.shipping),
    discountedPriceSet: bag(order.shipping),
    discountAllocations: [],
    taxLines: [],
  };
  return {
    __typename: 'Order',
    id: gid('Order', order.platformId),
    legacyResourceId: order.platformId,
    name: order.number,
    email: customer?.email ?? null,
    phone: customer?.phone ?? null,
    test: order.test,
    createdAt: iso(order.placedAt),
    processedAt: iso(order.placedAt),
    updatedAt: iso(order.version.updatedAt),
    cancelledAt: isoOrNull(order.cancelledAt),
    displayFinancialStatus: order.financial.toUpperCase(),
    displayFulfillmentStatus: 'UNFULFILLED',
    taxesIncluded: false,
    currencyCode: order.currency,
    tags: [],
    totalPriceSet: bag(order.total),
    currentTotalPriceSet: bag(order.total - back),
    totalTaxSet: bag(order.tax),
    totalShippingPriceSet: bag(order.shipping),
    totalDiscountsSet: bag(order.discount),
    totalRefundedSet: bag(back),
    sourceName: order.source,
    checkoutToken: order.checkoutToken,
    customerLocale: 'en',
    customerAcceptsMarketing: order.acceptsMarketing,
    discountCodes: order.discountCodes,
    customer: account ? customerNode(account, store) : null,
    billingAddress: customer ? address(customer) : null,
    shippingAddress: customer && order.source !== 'pos' ? address(customer) : null,
    fulfillments: [],
    transactions: order.paidAt === null ? [] : [transaction(`${order.platformId}1`, 'SALE', order.total, order.paidAt)],
    refunds: order.refunds.map((refund) => refundNode(refund, order)),
    lineItems: inner(() => order.lines.map((line) => lineNode(line, order))),
    shippingLines: inner(() => (order.shipping > 0 ? [shipping] : [])),
  };
}

/** `Customer` */
export function customerNode(customer: SandboxCustomer, store: Store): Json {
  const { firstName, lastName, phone, birthday } = customer;
  const marketing = {
    marketingState: customer.marketing ? 'SUBSCRIBED' : 'NOT_SUBSCRIBED',
    marketingOptInLevel: 'SINGLE_OPT_IN',
    marketingUpdatedAt: isoOrNull(customer.marketingAt),
  };
  const own = () => [...store.orders.values()].filter((order) => order.customer?.platformId === customer.id);
  return {
    __typename: 'Customer',
    id: gid('Customer', customer.id),
    legacyResourceId: customer.id,
    firstName,
    lastName,
    displayName: [firstName, lastName].filter(Boolean).join(' ') || customer.email,
    note: null,
    locale: 'en',
    createdAt: iso(customer.createdAt),
    updatedAt: iso(customer.updatedAt),
    tags: customer.tags ?? [],
    state: 'ENABLED',
    defaultEmailAddress: { emailAddress: customer.email, ...marketing },
    defaultPhoneNumber: phone === null ? null : { phoneNumber: phone, marketingState: 'NOT_SUBSCRIBED' },
    defaultAddress: address(customer),
    numberOfOrders: () => String(own().length),
    orders: inner(() => own().map((order) => orderNode(order, store))),
    metafield: ({ namespace, key }: { namespace?: string; key: string }) =>
      namespace === 'facts' && key === 'birth_date' && birthday !== null
        ? { __typename: 'Metafield', id: gid('Metafield', customer.id), namespace, key, type: 'date', value: birthday }
        : null,
  };
}

/** `Product` */
export const productNode = (product: SandboxProduct, at: number): Json => ({
  __typename: 'Product',
  id: gid('Product', product.id),
  legacyResourceId: product.id,
  title: product.title,
  productType: product.type,
  vendor: VENDOR,
  tags: [],
  status: 'ACTIVE',
  handle: `product-${product.id}`,
  createdAt: iso(at),
  updatedAt: iso(at),
  publishedAt: iso(at),
  variants: inner(() => [
    {
      __typename: 'ProductVariant',
      id: gid('ProductVariant', product.variantId),
      title: 'Default Title',
      price: formatMajor(product.price, 'USD'),
    },
  ]),
});
