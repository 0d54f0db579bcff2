import type { OrderLine, Refund } from '../../commerce/commerce.types.ts';
import { allocate } from '../../shared/allocate.ts';
import { PRODUCTS, type SandboxProduct, VENDOR } from './sandbox.catalogue.ts';
import type { SandboxCustomer, SandboxLine, SandboxOrder } from './sandbox.types.ts';

/** Shipping in US cents, free from 50 dollars and over the counter. */
const SHIPPING = 590;
const FREE_FROM = 5000;

const BY_ID = new Map(PRODUCTS.map((product) => [product.id, product]));
/** A product by its id. */
export const productOf = (id: string): SandboxProduct | undefined => BY_ID.get(id);

const goodsOf = (lines: readonly OrderLine[]): number =>
  lines.reduce((sum, { unitPrice, quantity, discount }) => sum + unitPrice * quantity - discount, 0);

/** What goods come to, in cents. Unknown products count nothing. */
export const priceOf = (lines: readonly SandboxLine[]): number =>
  lines.reduce((sum, { product, quantity }) => sum + (productOf(product)?.price ?? 0) * quantity, 0);

export type NewOrder = {
  id: string;
  number: number;
  at: number;
  paid: boolean;
  source: string;
  lines: readonly SandboxLine[];
  /** An account, or a guest's contact. */
  buyer: SandboxCustomer | { email: string; firstName: string | null; lastName: string | null };
  marketing: boolean;
  checkoutToken: string | null;
};

/** An order as it is placed: prices without tax, one line a product. */
export function orderOf(input: NewOrder): SandboxOrder {
  const lines = input.lines.map(({ product: id, quantity }, index): OrderLine => {
    const product = productOf(id);
    return {
      platformId: `${input.id}${String(index + 1).padStart(2, '0')}`,
      productId: id,
      quantity,
      variantId: product?.variantId ?? null,
      sku: product ? `SBX-${id.slice(-3)}` : null,
      title: product?.title ?? '',
      vendor: VENDOR,
      unitPrice: product?.price ?? 0,
      discount: 0,
      taxIncluded: 0,
      giftCard: false,
    };
  });
  const goods = goodsOf(lines);
  const shipping = input.source === 'pos' || goods >= FREE_FROM ? 0 : SHIPPING;
  const version = { updatedAt: input.at, triggeredAt: input.at, bodyHash: '' };
  const { buyer } = input;
  const account = 'id' in buyer ? buyer : null;
  return {
    platformId: input.id,
    number: `#${input.number}`,
    placedAt: input.at,
    lines,
    refunds: [],
    customer: {
      platformId: account?.id ?? null,
      email: buyer.email,
      phone: account?.phone ?? null,
      firstName: buyer.firstName,
      lastName: buyer.lastName,
      locale: 'en',
      country: 'US',
      note: null,
      registeredAt: account?.createdAt ?? null,
      version: { ...version, updatedAt: account?.updatedAt ?? input.at },
    },
    paidAt: input.paid ? input.at : null,
    cancelledAt: null,
    financial: input.paid ? 'paid' : 'pending',
    test: false,
    currency: 'USD',
    total: goods + shipping,
    shipping,
    tax: 0,
    discount: 0,
    creditPaid: 0,
    source: input.source,
    checkoutToken: input.checkoutToken,
    discountCodes: [],
    fulfilledAt: null,
    acceptsMarketing: input.marketing,
    version,
  };
}

/** Money that can still go back. */
export const refundable = (order: SandboxOrder): number =>
  order.total - order.refunds.reduce((sum, { amount }) => sum + amount, 0);

/** How many of a line were not given back yet. */
export const kept = (order: SandboxOrder, lineId: string): number =>
  (order.lines.find(({ platformId }) => platformId === lineId)?.quantity ?? 0) -
  order.refunds.reduce(
    (sum, { lines }) => sum + lines.reduce((n, line) => n + (line.lineId === lineId ? line.quantity : 0), 0),
    0,
  );

/** The order after goods went back: these lines, or all that is left with the shipping. */
export function refunded(
  order: SandboxOrder,
  { at, lines }: { at: number; lines: { lineId: string; quantity: number }[] | 'all' },
): { order: SandboxOrder; refund: Refund } {
  const back =
    lines === 'all'
      ? order.lines.map(({ platformId }) => ({ lineId: platformId, quantity: kept(order, platformId) }))
      : lines;
  const parts = back
    .filter(({ quantity }) => quantity > 0)
    .map(({ lineId, quantity }) => ({ lineId, quantity, amount: worthOf(order, lineId, quantity) }));
  const left = refundable(order);
  const goods = parts.reduce((sum, { amount }) => sum + amount, 0);
  const amount = lines === 'all' ? left : Math.min(left, goods);
  const number = String(order.refunds.length + 1).padStart(2, '0');
  const refund = { platformId: `9${order.platformId}${number}`, at, amount, lines: parts };
  const refunds = [...order.refunds, refund];
  const financial = amount === left ? ('refunded' as const) : ('partially_refunded' as const);
  const version = { ...order.version, updatedAt: at, triggeredAt: at };
  return { order: { ...order, refunds, financial, version }, refund };
}

/** A line's discount is spread evenly over its pieces. */
function worthOf(order: SandboxOrder, lineId: string, quantity: number): number {
  const line = order.lines.find(({ platformId }) => platformId === lineId);
  if (!line) return 0;
  const shares = allocate(
    line.discount,
    Array.from({ length: line.quantity }, () => line.unitPrice),
  );
  const first = line.quantity - kept(order, lineId);
  return shares.slice(first, first + quantity).reduce((sum, share) => sum + line.unitPrice - share, 0);
}

/** The order once its money has come. */
export const paid = (order: SandboxOrder, at: number): SandboxOrder => ({
  ...order,
  paidAt: at,
  financial: 'paid' as const,
  version: { ...order.version, updatedAt: at, triggeredAt: at },
});

/** The order once it is taken back; of what was never paid nothing can be asked any more. */
export const cancelled = (order: SandboxOrder, at: number): SandboxOrder => ({
  ...order,
  cancelledAt: at,
  financial: order.paidAt === null ? ('voided' as const) : order.financial,
  version: { ...order.version, updatedAt: at, triggeredAt: at },
});

/** The order with a discount shared out over its lines by what they cost. */
export function discounted(
  order: SandboxOrder,
  { code, amount, freeShipping }: { code: string; amount: number; freeShipping: boolean },
): SandboxOrder {
  const shares = allocate(
    amount,
    order.lines.map(({ unitPrice, quantity }) => unitPrice * quantity),
  );
  const lines = order.lines.map((line, index) => ({ ...line, discount: shares[index] ?? 0 }));
  const shipping = freeShipping ? 0 : order.shipping;
  return { ...order, lines, shipping, discount: amount, discountCodes: [code], total: goodsOf(lines) + shipping };
}
