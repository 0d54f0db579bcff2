import type { Database } from '../db/database.ts';
import type { Scope } from './scope.ts';
import { insertAudit, listAudit, reasonsIn } from './shops.repository.ts';

/** What somebody did, to what, why, and what changed: kept until its shop, or the customer it is about, is erased. */
export type Action = {
  /** The entry's, where something refers to it before it is written. */
  id?: string;
  actor: string;
  action: string;
  target?: string;
  reason?: string;
  before: unknown;
  after: unknown;
};

/** Keeps an action in the shop's audit log. @returns the entry's id */
export async function recordAction(scope: Scope, action: Action) {
  const { actor, target, reason, before, after } = action;
  const id = action.id ?? scope.ids.next();
  await insertAudit(scope, {
    id,
    at: scope.now,
    actor,
    action: action.action,
    target: target ?? null,
    reason: reason ?? null,
    before,
    after,
  });
  return id;
}

/** The shop's audit log before an entry (exclusive; null: from the newest), newest first, a page. */
export async function auditPage({ db }: { db: Database }, shopId: number, before: string | null, limit: number) {
  const rows = await listAudit(db.read, shopId, before, limit);
  return rows.map(({ id, at, actor, action, target, reason, before: was, after }) => ({
    id,
    at,
    actor,
    action,
    target,
    reason,
    before: was,
    after,
  }));
}

/** The reasons that some entries give, by id; null where they were erased. */
export const reasonsOf = ({ db }: { db: Database }, shopId: number, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve(new Map<string, string | null>()) : reasonsIn(db.read, shopId, ids);
