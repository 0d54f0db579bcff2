import type { Clock } from '../../shared/clock.ts';
import { appendJournal, readJournal } from './sandbox.files.ts';
import type { Past } from './sandbox.past.ts';
import type { Happening, SandboxCheckout, SandboxDelivery, SandboxStep, Tell } from './sandbox.types.ts';

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

  const take = (step: SandboxStep): void => {
    const { customer, order, checkout } = step;
    if (customer) {
      customers.set(customer.id, customer);
      byEmail.set(customer.email, customer.id);
    }
    if (order) orders.set(order.platformId, order);
    if (checkout) checkouts.set(checkout.token, checkout);
    for (const delivery of step.deliveries ?? []) owed.set(delivery.id, delivery);
    if (step.acknowledged !== undefined) owed.delete(step.acknowledged);
  };
  for (const step of readJournal(folder)) take(step);

  const record = (step: SandboxStep): void => {
    appendJournal(folder, step);
    take(step);
  };

  return {
    ...{ customers, orders, checkouts, owed, clock, domain },
    /** Takes a step, with the webhooks that are owed for what happened in it. */
    happened(at: number, happenings: readonly Happening[], step: Omit<SandboxStep, 'deliveries'> = {}): void {
      record({ ...step, deliveries: happenings.flatMap((happening) => tell(happening, at)) });
    },
    /** The account with an e-mail address, in lower case. */
    accountOf: (email: string) => customers.get(byEmail.get(email) ?? ''),
    /** Notes that the app has taken a webhook in. */
    acknowledge: (id: string): void => record({ acknowledged: id }),
  };
}

export type Store = ReturnType<typeof createStore>;
