import { badRequest, conflict, notFound } from '../../shared/errors.ts';
import { secretToken } from '../../shared/ids.ts';
import type { Refund } from '../commerce.types.ts';
import { kept, orderOf, paid, productOf, refundable, refunded } from './sandbox.orders.ts';
import { checkoutBody, consentBody, customerBody, orderBody, refundBody } from './sandbox.payloads.ts';
import type { Store } from './sandbox.store.ts';
import type { SandboxCheckout, SandboxCustomer, SandboxDelivery, SandboxLine, SandboxOrder } from './sandbox.types.ts';

const FIRST_CUSTOMER = 7_900_000_001;
const FIRST_ORDER = 5_400_000_001;
const FIRST_NUMBER = 1001;

export type Shopping = {
  email: string;
  firstName?: string | undefined;
  lastName?: string | undefined;
  phone?: string | undefined;
  marketing?: boolean | undefined;
};

const owe = (topic: string, body: unknown, at: number): SandboxDelivery => ({
  ...{ id: secretToken(18), topic, triggeredAt: at },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** The account with that e-mail, made or brought up to date, and what is owed for it. */
function account({ customers, accountOf }: Store, shopping: Shopping, at: number) {
  const email = shopping.email.toLowerCase();
  const known = accountOf(email);
  const before: SandboxCustomer = known ?? {
    ...{ id: String(FIRST_CUSTOMER + customers.size), email, phone: null, firstName: null, lastName: null },
    ...{ createdAt: at, updatedAt: at, marketing: false, marketingAt: null, birthday: null },
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
  const deliveries = [
    ...(known && !changed ? [] : [owe(known ? 'customers/update' : 'customers/create', customerBody(customer), at)]),
    ...(asks ? [owe('customers_email_marketing_consent/update', consentBody(customer), at)] : []),
  ];
  return { customer, deliveries };
}

const placed = (order: SandboxOrder, at: number): SandboxDelivery[] => [
  owe('orders/create', orderBody(order), at),
  ...(order.financial === 'paid' ? [owe('orders/paid', orderBody(order), at)] : []),
];

/** Numbers go on where the past ended. */
const numbered = ({ orders }: Store) => ({ id: String(FIRST_ORDER + orders.size), number: FIRST_NUMBER + orders.size });

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

/** Owes the app a webhook that somebody made up. */
export const announce = (store: Store, topic: string, body: unknown): void =>
  store.record({ deliveries: [owe(topic, body, store.clock.now())] });

/** Places an order. @throws AppError sandbox.product_unknown, sandbox.code_unknown */
export function placeOrder(
  store: Store,
  input: { customer: Shopping; lines: SandboxLine[]; paid: boolean; code?: string | undefined },
): SandboxOrder {
  const at = store.clock.now();
  const lines = checked(input.lines);
  // Codes come to exist when the app makes them; what nobody made gives nothing.
  if (input.code !== undefined)
    throw badRequest('sandbox.code_unknown', 'The sandbox store knows no such discount code.', { field: 'code' });
  const { customer, deliveries } = account(store, input.customer, at);
  const order = orderOf({
    ...{ ...numbered(store), at, paid: input.paid, source: 'web', buyer: customer, checkoutToken: null },
    ...{ lines, marketing: input.customer.marketing === true },
  });
  store.record({ customer, order, deliveries: [...deliveries, ...placed(order, at)] });
  return order;
}

/** The money of an order that was placed without. @throws AppError sandbox.order_unknown, sandbox.order_paid */
export function payOrder(store: Store, id: string): SandboxOrder {
  const order = knownOrder(store, id);
  if (order.paidAt !== null) throw conflict('sandbox.order_paid', 'This order is paid already.', { field: 'order' });
  const at = store.clock.now();
  const after = paid(order, at);
  store.record({ order: after, deliveries: [owe('orders/paid', orderBody(after), at)] });
  return after;
}

/** Begins a checkout, which may be left there. @throws AppError sandbox.product_unknown */
export function beginCheckout(store: Store, input: Shopping & { lines: SandboxLine[] }): SandboxCheckout {
  const at = store.clock.now();
  const email = input.email.toLowerCase();
  const checkout: SandboxCheckout = {
    ...{ token: secretToken(16), email, phone: input.phone ?? null },
    ...{ marketing: input.marketing === true, lines: checked(input.lines) },
    ...{ createdAt: at, updatedAt: at, completedAt: null, orderId: null },
  };
  const body = checkoutBody(checkout, store.accountOf(email), store.domain);
  store.record({ checkout, deliveries: [owe('checkouts/create', body, at)] });
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
  const { customer, deliveries } = account(store, shopping, at);
  const order = orderOf({
    ...{ ...numbered(store), at, paid: true, source: 'web', buyer: customer, checkoutToken: token },
    ...{ lines, marketing },
  });
  const after = { ...checkout, updatedAt: at, completedAt: at, orderId: order.platformId };
  const done = owe('checkouts/update', checkoutBody(after, customer, store.domain), at);
  store.record({ customer, order, checkout: after, deliveries: [...deliveries, done, ...placed(order, at)] });
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
  const deliveries = [
    owe('refunds/create', refundBody(after, refund), at),
    owe('orders/updated', orderBody(after), at),
  ];
  store.record({ order: after, deliveries });
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
