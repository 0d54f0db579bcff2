import type { Clock } from '../../shared/clock.ts';
import { appendJournal, readJournal } from './sandbox.files.ts';
import type { Past } from './sandbox.past.ts';
import type {
  Happening,
  OrderNote,
  SandboxCheckout,
  SandboxDelivery,
  SandboxStep,
  Tell,
  WooCoupon,
} from './sandbox.types.ts';

type StoreDeps = { folder: string; clock: Clock; domain: string; past: Past; tell: Tell };

/**
 * The store: what is in its past, and what happened since. Every step is in the journal before anybody hears of it, the
 * webhooks that it owes among it.
 */
export function createStore({ folder, clock, domain, past, tell }: StoreDeps) {
  const customers = new Map(past.customers.map((customer) => [customer.id, customer]));
  const byEmail = new Map(past.customers.map((customer) => [customer.email, customer.id]));
  const orders = new Map(past.orders.map((order) => [order.platformId, order]));
  const checkouts = new Map<string, SandboxCheckout>();
  const owed = new Map<string, SandboxDelivery>();
  const notes = new Map<string, OrderNote>();
  const coupons = new Map<string, WooCoupon>();
  /** How many there ever were: ids go on from there. */
  const made = { orders: past.orders.length, customers: past.customers.length, coupons: 0 };

  const takeCoupon = (coupon: WooCoupon): void => {
    if (![...coupons.values()].some(({ id }) => id === coupon.id)) made.coupons += 1;
    coupons.set(coupon.code, coupon);
  };
  const forget = (thing: string): void => {
    const [type, id = ''] = thing.split('/');
    if (type === 'order') orders.delete(id);
    else if (type === 'customer') customers.delete(id);
  };
  const take = (step: SandboxStep): void => {
    const { customer, order, checkout, note, coupon } = step;
    if (customer) {
      if (!customers.has(customer.id)) made.customers += 1;
      customers.set(customer.id, customer);
      byEmail.set(customer.email, customer.id);
    }
    if (order) {
      if (!orders.has(order.platformId)) made.orders += 1;
      orders.set(order.platformId, order);
    }
    if (checkout) checkouts.set(checkout.token, checkout);
    if (note) notes.set(note.order, note);
    if (step.dropped !== undefined) coupons.delete(step.dropped);
    if (coupon) takeCoupon(coupon);
    if (step.gone !== undefined) forget(step.gone);
    for (const delivery of step.deliveries ?? []) owed.set(delivery.id, delivery);
    if (step.acknowledged !== undefined) owed.delete(step.acknowledged);
  };
  for (const step of readJournal(folder)) take(step);

  const record = (step: SandboxStep): void => {
    appendJournal(folder, step);
    take(step);
  };

  return {
    customers,
    orders,
    checkouts,
    owed,
    clock,
    domain,
    notes,
    coupons,
    made,
    /** Takes a step, with the webhooks that are owed for what happened in it. */
    happened(at: number, happenings: readonly Happening[], step: Omit<SandboxStep, 'deliveries'> = {}): void {
      const told = [...owed.values()];
      for (const delivery of happenings.flatMap((happening) => tell(happening, at))) {
        const { about, topic } = delivery;
        const same = (one: SandboxDelivery) =>
          one.topic === topic && one.about?.hook === about?.hook && one.about?.id === about?.id;
        // What its platform will say when it comes to it, it will say of this too.
        if (about === undefined || !told.some(same)) told.push(delivery);
      }
      record({ ...step, deliveries: told.slice(owed.size) });
    },
    /** The account with an e-mail address, in lower case. */
    accountOf: (email: string) => customers.get(byEmail.get(email) ?? ''),
    /** Notes that the app has taken a webhook in. */
    acknowledge: (id: string): void => record({ acknowledged: id }),
  };
}

export type Store = ReturnType<typeof createStore>;
