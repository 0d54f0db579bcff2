import type { Scope } from '../shops/scope.ts';
import { earnForCustomer, earnForSignup } from './earn.usecases.ts';
import { forgetRunning } from './running.usecases.ts';
import { transferAll } from './transfer.usecases.ts';

/** The points of two customers who are one: handed over, and earned by orders that are one customer's now. */
export async function mergePoints(scope: Scope, { kept, gone }: { kept: string; gone: string }): Promise<void> {
  await forgetRunning(scope, gone);
  await transferAll(scope, gone, kept);
  await earnForCustomer(scope, kept);
  await earnForSignup(scope, kept, true);
}
