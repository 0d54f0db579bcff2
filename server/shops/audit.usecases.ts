import type { Scope } from '../shops/scope.ts';
import { insertAudit } from './shops.repository.ts';

/** What somebody did, to what, why, and what changed: kept until its shop, or the customer it is about, is erased. */
export type Action = {
  actor: string;
  action: string;
  target?: string;
  reason?: string;
  before: unknown;
  after: unknown;
};

/** Keeps an action in the shop's audit log. @returns the entry's id */
export async function recordAction(scope: Scope, { actor, action, target, reason, before, after }: Action) {
  const id = scope.ids.next();
  await insertAudit(scope, {
    ...{ id, at: scope.now, actor, action },
    ...{ target: target ?? null, reason: reason ?? null, before, after },
  });
  return id;
}
