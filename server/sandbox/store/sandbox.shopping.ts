import type { Refund } from '../../commerce/commerce.types.ts';
import { badRequest, conflict, notFound } from '../../shared/errors.ts';
import { secretToken } from '../../shared/ids.ts';
import { givenBack, redeem } from './sandbox.coupons.ts';
import { cancelled, discounted, kept, orderOf, paid, productOf, refundable, refunded } from './sandbox.orders.ts';
import type { Store } from './sandbox.store.ts';
import type { Happening, SandboxCheckout, SandboxCustomer, SandboxLine, SandboxOrder } from './sandbox.types.ts';

const FIRST_CUSTOMER = 7_900_000_001;
const FIRST_ORDER = 5_400_000_001;
const FIRST_NUMBER = 1001;

export type Shopping = {
  email: string;
  firstName?: string | undefined;
  lastName?: string | undefined;
  phone?: string | undefined;
  marketing?: boolean | undefined;
  /** Buys without an account, even where the address has one. */
  guest?: boolean | undefined;
};

/** The account with that e-mail, made or brought up to date, and what happened to it. */
function account({ made, accountOf }: Store, shopping: Shopping, at: number) {
  const email = shopping.email.toLowerCase();
  const known = accountOf(email);
  const before: SandboxCustomer = known ?? {
    id: String(FIRST_CUSTOMER + made.customers),
    email,
    phone: null,
    firstName: null,
    lastName: null,
    createdAt: at,
    updatedAt: at,
    marketing: false,
    marketingAt: null,
    birthday: null,
  };
  const asks = shopping.marketing === true && !before.marketing;
  const customer: SandboxCustomer = {
    ...before,
    firstName: shopping.firstName ?? before.firstName,
    lastName: shopping.lastName ?? before.lastName,
    phone: shopping.phone ?? before.phone,
    ...(asks ? { marketing: true, marketingAt: at } : {}),
  };
  const changed = known !== undefined && JSON.stringify(customer) !== JSON.stringify(known);
  if (changed) customer.updatedAt = at;
  const happenings: Happening[] = [
    ...(known && !changed ? [] : [{ kind: 'account' as const, customer, isNew: known === undefined }]),
    ...(asks ? [{ kind: 'consent' as const, customer }] : []),
  ];
  return { customer, happenings };
}

/** Numbers go on where the past ended. */
const numbered = ({ made }: Store) => ({ id: String(FIRST_ORDER + made.orders), number: FIRST_NUMBER + made.orders });

function knownOrder({ orders }: Store, id: string): SandboxOrder {
  const order = orders.get(id.replace(/^gid:\/\/shopify\/Order\//, ''));
  if (!order) throw notFound('sandbox.order_unknown', 'The sandbox store has no such order.', { field: 'order' });
  return order;
}

/** One line a product. @throws AppError sandbox.product_unknown */
function checked(lines: readonly SandboxLine[]): SandboxLine[] {
  const sums = new Map<string, number>();
  for (const { product, quantity } of lines) {
    const unknown = `The sandbox store sells no product "${product}".`;
    if (!productOf(product)) throw badRequest('sandbox.product_unknown', unknown, { field: 'lines' });
    sums.set(product, (sums.get(product) ?? 0) + quantity);
  }
  return [...sums].map(([product, quantity]) => ({ product, quantity }));
}

/** Who buys: an account, or a guest of whom nothing is kept but on the order. */
function buyerOf(store: Store, shopping: Shopping, at: number) {
  if (shopping.guest !== true) {
    const { customer, happenings } = account(store, shopping, at);
    return { buyer: customer, step: { customer }, happenings };
  }
  const { email, firstName = null, lastName = null } = shopping;
  return { buyer: { email: email.toLowerCase(), firstName, lastName }, step: {}, happenings: [] };
}

/** Opens an account, or changes the one with that address. */
export function registerCustomer(store: Store, shopping: Shopping): SandboxCustomer {
  const at = store.clock.now();
  const { customer, happenings } = account(store, shopping, at);
  store.happened(at, happenings, { customer });
  return customer;
}

/** Owes the app a webhook that somebody made up. */
export const announce = (store: Store, topic: string, body: unknown): void =>
  store.happened(store.clock.now(), [{ kind: 'announced', topic, body }]);

/** Places an order. @throws AppError sandbox.product_unknown, sandbox.code_unknown, sandbox.code_refused */
export function placeOrder(
  store: Store,
  input: { customer: Shopping; lines: SandboxLine[]; paid: boolean; code?: string | undefined },
): SandboxOrder {
  const at = store.clock.now();
  const lines = checked(input.lines);
  const { buyer, step, happenings } = buyerOf(store, input.customer, at);
  const user = 'id' in buyer ? buyer.id : buyer.email;
  const cut =
    input.code === undefined ? null : redeem(store.coupons, input.code, { lines, email: buyer.email, user, at });
  const full = orderOf({
    ...numbered(store),
    at,
    paid: input.paid,
    source: 'web',
    buyer,
    checkoutToken: null,
    lines,
    marketing: input.customer.marketing === true,
  });
  const order = cut ? discounted(full, cut) : full;
  const used = cut ? { coupon: cut.coupon } : {};
  store.happened(at, [...happenings, { kind: 'placed', order }], { ...step, ...used, order });
  return order;
}

/** The money of an order that was placed without. @throws AppError sandbox.order_unknown, sandbox.order_paid */
export function payOrder(store: Store, id: string): SandboxOrder {
  const order = knownOrder(store, id);
  if (order.paidAt !== null) throw conflict('sandbox.order_paid', 'This order is paid already.', { field: 'order' });
  const at = store.clock.now();
  const after = paid(order, at);
  store.happened(at, [{ kind: 'paid', order: after }], { order: after });
  return after;
}

/** Takes an order back before it was sent. Money stays where it is. @throws AppError sandbox.order_unknown, sandbox.order_closed */
export function cancelOrder(store: Store, id: string): SandboxOrder {
  const order = knownOrder(store, id);
  if (order.cancelledAt !== null || refundable(order) === 0)
    throw conflict('sandbox.order_closed', 'This order is cancelled or given back already.', { field: 'order' });
  const at = store.clock.now();
  const after = cancelled(order, at);
  const coupon = givenBack(store.coupons, order);
  store.happened(at, [{ kind: 'cancelled', order: after }], { order: after, ...(coupon && { coupon }) });
  return after;
}

/** Begins a checkout, which may be left there. @throws AppError sandbox.product_unknown */
export function beginCheckout(store: Store, input: Shopping & { lines: SandboxLine[] }): SandboxCheckout {
  const at = store.clock.now();
  const email = input.email.toLowerCase();
  const checkout: SandboxCheckout = {
    token: secretToken(16),
    email,
    phone: input.phone ?? null,
    marketing: input.marketing === true,
    lines: checked(input.lines),
    createdAt: at,
    updatedAt: at,
    completedAt: null,
    orderId: null,
  };
  store.happened(at, [{ kind: 'checkout', checkout, customer: store.accountOf(email) }], { checkout });
  return checkout;
}

/** Pays what a checkout holds. @throws AppError sandbox.checkout_unknown, sandbox.checkout_completed */
export function completeCheckout(store: Store, token: string): SandboxOrder {
  const checkout = store.checkouts.get(token);
  if (!checkout) throw notFound('sandbox.checkout_unknown', 'The sandbox store has no such checkout.');
  if (checkout.completedAt !== null) throw conflict('sandbox.checkout_completed', 'This checkout is an order already.');
  const at = store.clock.now();
  const { email, phone, marketing, lines } = checkout;
  const shopping = { email: email ?? '', marketing, phone: phone ?? undefined };
  const { customer, happenings } = account(store, shopping, at);
  const order = orderOf({
    ...numbered(store),
    at,
    paid: true,
    source: 'web',
    buyer: customer,
    checkoutToken: token,
    lines,
    marketing,
  });
  const after = { ...checkout, updatedAt: at, completedAt: at, orderId: order.platformId };
  const done: Happening[] = [
    { kind: 'checkout', checkout: after, customer },
    { kind: 'placed', order },
  ];
  store.happened(at, [...happenings, ...done], { customer, order, checkout: after });
  return order;
}

/** Gives goods and money back. @throws AppError sandbox.order_unknown, sandbox.refund_refused */
export function refundOrder(store: Store, id: string, lines: { lineId: string; quantity: number }[] | 'all'): Refund {
  const order = knownOrder(store, id);
  const refused = (why: string) => conflict('sandbox.refund_refused', why, { field: 'order' });
  if (order.paidAt === null) throw refused('This order is not paid: there is nothing to give back.');
  if (refundable(order) === 0) throw refused('Everything of this order was given back already.');
  if (lines !== 'all' && lines.some(({ lineId, quantity }) => quantity > kept(order, lineId)))
    throw refused('That is more than what is left of the order.');
  const at = store.clock.now();
  const { order: after, refund } = refunded(order, { at, lines });
  store.happened(at, [{ kind: 'refunded', order: after, refund }], { order: after });
  return refund;
}

/** The lines of a refund by product, as a script names them. @throws AppError sandbox.order_unknown, sandbox.refund_refused */
export function refundLines(store: Store, id: string, lines: readonly SandboxLine[]) {
  const order = knownOrder(store, id);
  return checked(lines).map(({ product, quantity }) => {
    const line = order.lines.find(({ productId }) => productId === product);
    if (!line) throw conflict('sandbox.refund_refused', 'This product is not in the order.', { field: 'lines' });
    return { lineId: line.platformId, quantity };
  });
}
