import type { OrderSeen } from '../facts/facts.types.ts';
import { customersOnDaysFrom } from '../points/figures.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { dirtyName } from './fold.rules.ts';
import { markDirty, type Noting } from './insights.repository.ts';
import { nextVersion } from './versions.repository.ts';

/** What the numbers read of an order. */
const READ = [
  ...(['platformId', 'customerId', 'counts', 'placedAt', 'placedDay', 'net', 'total'] as const),
  ...(['tax', 'shipping', 'source'] as const),
];
type Counted = Pick<OrderSeen, (typeof READ)[number]>;

/**
 * Notes in the order's own transaction that the numbers have to follow it: one cheap row, however old the order and
 * however many the customer has. The numbers are brought up to date in batches, before anybody reads them at the latest
 * (fold.usecases.ts).
 */
export async function recountOrder(scope: Scope, before: Counted | null, after: Counted): Promise<void> {
  if (!before?.counts && !after.counts) return;
  if (before && READ.every((name) => before[name] === after[name])) return;
  const names = new Set<string>();
  if (before?.counts) names.add(dirtyName(before.customerId, before.placedDay));
  if (after.counts) names.add(dirtyName(after.customerId, after.placedDay));
  for (const name of names) await note(scope, name);
}

/** The same for customers whose points have changed, who were merged, or whose platform's id became known. */
export async function recountCustomers(scope: Noting, customers: readonly string[]): Promise<void> {
  for (const id of customers) await note(scope, id);
}

/** The same where another time zone is in force from an instant on: days of orders stay, days of points follow it. */
export async function recountFrom(scope: Scope, instant: number): Promise<void> {
  await recountCustomers(scope, await customersOnDaysFrom(scope, instant));
}

/** Transactions in which it is noted already. */
const outdated = new WeakSet<Scope>();

/** Notes that answers are others from now on though no number is: somebody's tier has changed, which stages go by. */
export async function outdateAnswers(scope: Scope): Promise<void> {
  if (outdated.has(scope)) return;
  outdated.add(scope);
  await nextVersion(scope);
}

/** What was noted in a transaction already: most transactions change a customer more than once. */
const noted = new WeakMap<Noting, Set<string>>();

async function note(scope: Noting, name: string): Promise<void> {
  const names = noted.get(scope) ?? new Set<string>();
  noted.set(scope, names);
  if (names.has(name)) return;
  names.add(name);
  await markDirty(scope, name);
}
