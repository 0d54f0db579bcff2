import { PRODUCTS } from './sandbox.catalogue.ts';
import { history, MODEL, type Purchase, type Shopper } from './sandbox.model.ts';
import { orderOf, refunded } from './sandbox.orders.ts';
import type { SandboxCustomer, SandboxOrder } from './sandbox.types.ts';

const WEEK = 7 * 86_400_000;
const FIRST_CUSTOMER = 7_200_000_001;
const FIRST_ORDER = 5_400_000_001;
const FIRST_NUMBER = 1001;

export type Past = { customers: SandboxCustomer[]; orders: SandboxOrder[] };

/** When the history of a store begins that was made at an instant. */
export const pastBegins = (madeAt: number): number => madeAt - MODEL.weeks * WEEK;

/**
 * The model's history as the store's customers and orders, ending when the store was made. The same instant gives the
 * same rows, so that nothing of it has to be kept. An order's refund is in its state: what was given back later has made
 * it newer.
 */
export function pastOf(madeAt: number): Past {
  const begins = pastBegins(madeAt);
  const at = (week: number): number => Math.floor((begins + week * WEEK) / 1000) * 1000;
  const { shoppers, purchases } = history();
  const customers = new Map<number, SandboxCustomer>();
  const orders = purchases.map((purchase, index) => {
    const shopper = shoppers[purchase.shopper] as Shopper;
    const first = !customers.has(purchase.shopper);
    const account = shopper.guest ? null : (customers.get(purchase.shopper) ?? accountOf(shopper, purchase, at));
    if (account) customers.set(purchase.shopper, account);
    return orderAt(index, purchase, at, account ?? shopper, shopper.marketing && first);
  });
  return { customers: [...customers.values()], orders };
}

function accountOf(
  shopper: Shopper,
  { shopper: index, week }: Purchase,
  at: (week: number) => number,
): SandboxCustomer {
  const createdAt = at(week);
  const { email, firstName, lastName, marketing, birthday } = shopper;
  return {
    id: String(FIRST_CUSTOMER + index),
    email,
    phone: null,
    firstName,
    lastName,
    birthday,
    createdAt,
    updatedAt: createdAt,
    marketing,
    marketingAt: marketing ? createdAt : null,
  };
}

function orderAt(
  index: number,
  purchase: Purchase,
  at: (week: number) => number,
  buyer: SandboxCustomer | Shopper,
  marketing: boolean,
): SandboxOrder {
  const order = orderOf({
    id: String(FIRST_ORDER + index),
    number: FIRST_NUMBER + index,
    at: at(purchase.week),
    paid: true,
    source: purchase.channel,
    buyer,
    marketing,
    checkoutToken: null,
    lines: purchase.lines.map(({ product, quantity }) => ({ product: PRODUCTS[product]?.id ?? '', quantity })),
  });
  const { refund } = purchase;
  if (!refund) return order;
  const line = refund.line === null ? undefined : order.lines[refund.line];
  const lines = line ? [{ lineId: line.platformId, quantity: line.quantity }] : ('all' as const);
  return refunded(order, { at: at(refund.week), lines }).order;
}
