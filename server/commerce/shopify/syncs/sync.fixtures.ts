import type { CustomerNode, LineNode, OrderNode, RefundNode } from '../reading/shopify.graphql.ts';

const usd = (amount: string) => ({ shopMoney: { amount, currencyCode: 'USD' as const } });

/** For tests only: an order as the Admin API gives it, 100.00 USD of goods by the customer 501. */
export const orderNode = (id: string, fields: Partial<OrderNode> = {}): OrderNode => ({
  id: `gid://shopify/Order/${id}`,
  name: `#${id}`,
  createdAt: '2025-03-01T10:00:00Z',
  processedAt: '2025-03-01T10:00:00Z',
  updatedAt: '2025-03-01T10:00:00Z',
  cancelledAt: null,
  displayFinancialStatus: 'PAID',
  test: false,
  taxesIncluded: false,
  currencyCode: 'USD',
  totalPriceSet: usd('100.0'),
  currentTotalPriceSet: usd('100.0'),
  totalShippingPriceSet: usd('0.0'),
  totalTaxSet: usd('0.0'),
  totalDiscountsSet: usd('0.0'),
  sourceName: 'web',
  checkoutToken: null,
  customerLocale: 'en',
  customerAcceptsMarketing: false,
  discountCodes: [],
  email: 'ada@example.test',
  phone: null,
  billingAddress: null,
  shippingAddress: null,
  fulfillments: [],
  transactions: [],
  refunds: [],
  customer: {
    id: 'gid://shopify/Customer/501',
    firstName: 'Ada',
    lastName: 'Quartz',
    note: null,
    locale: 'en',
    createdAt: '2025-01-01T00:00:00Z',
    updatedAt: '2025-03-01T10:00:00Z',
    defaultAddress: null,
    defaultEmailAddress: { emailAddress: 'ada@example.test' },
    defaultPhoneNumber: null,
  },
  ...fields,
});

export const lineNode = (id: string): LineNode => ({
  id: `gid://shopify/LineItem/${id}`,
  product: { id: 'gid://shopify/Product/900' },
  variant: null,
  sku: null,
  title: 'Tea',
  name: 'Tea',
  vendor: null,
  quantity: 1,
  isGiftCard: false,
  originalUnitPriceSet: usd('100.0'),
  discountAllocations: [],
  taxLines: [],
});

/** 40.00 USD given back for a part of one line. */
export const refundNode = (id: string, order: string, line: string): RefundNode => ({
  id: `gid://shopify/Refund/${id}`,
  createdAt: '2025-03-02T00:00:00Z',
  processedAt: '2025-03-02T00:00:00Z',
  order: { id: `gid://shopify/Order/${order}` },
  refundLineItems: {
    nodes: [
      {
        quantity: 1,
        lineItem: { id: `gid://shopify/LineItem/${line}` },
        subtotalSet: usd('40.0'),
        totalTaxSet: usd('0.0'),
      },
    ],
    pageInfo: { hasNextPage: false, endCursor: null },
  },
  refundShippingLines: { nodes: [] },
  orderAdjustments: { nodes: [] },
  transactions: { nodes: [{ kind: 'REFUND', status: 'SUCCESS', amountSet: usd('40.0') }] },
});

export const customerNode = (id: string, fields: Partial<CustomerNode> = {}): CustomerNode => ({
  id: `gid://shopify/Customer/${id}`,
  firstName: 'Ada',
  lastName: null,
  note: null,
  locale: 'en',
  createdAt: '2025-01-01T00:00:00Z',
  updatedAt: '2025-02-01T00:00:00Z',
  tags: ['vip'],
  defaultPhoneNumber: null,
  defaultAddress: null,
  defaultEmailAddress: {
    emailAddress: `c${id}@example.test`,
    marketingState: 'SUBSCRIBED',
    marketingOptInLevel: 'SINGLE_OPT_IN',
    marketingUpdatedAt: '2025-02-01T00:00:00Z',
  },
  ...fields,
});

type Item = { node: object; lines?: LineNode[] };

/** A bulk operation's file: children under their parents. */
export function bulkFile(items: Item[]): Buffer {
  const lines = items.flatMap(({ node, lines: children = [] }) => [
    node,
    ...children.map((line) => ({ ...line, __parentId: (node as { id: string }).id })),
  ]);
  return Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
