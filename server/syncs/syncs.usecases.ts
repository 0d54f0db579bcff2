import type { Database } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import type { Shop } from '../shops/shops.types.ts';
import {
  countRereadFailure,
  deleteReread,
  listRereads,
  listSyncs,
  putReread,
  putSync,
  type SyncKind,
  type SyncRow,
  shopsWithDueSyncs,
  updateSync,
} from './syncs.repository.ts';

export type { SyncKind, SyncRow } from './syncs.repository.ts';

type Db = { db: Database };

/** What an install brings in, in this order. */
const FIRST_READ: Record<Shop['platform'], readonly SyncKind[]> = {
  shopify: ['webhooks', 'customers', 'orders', 'rereads'],
  woocommerce: ['webhooks', 'customers', 'products', 'orders', 'rereads'],
};
/** An order that cannot be read this often is left to the next note about it. */
const MOST_ATTEMPTS = 5;

const fresh = (kind: SyncKind, now: number, position = 0): Omit<SyncRow, 'shopId'> => ({
  kind,
  state: 'waiting',
  dueAt: now,
  operationId: null,
  askedAt: null,
  position,
  cursor: null,
  count: 0,
  refused: 0,
  total: null,
  heldBy: null,
  heldUntil: null,
  attempts: 0,
  errorCode: null,
  reason: null,
  startedAt: now,
  finishedAt: null,
});

/** After an install: subscriptions and the whole history are read, and from now on what changes is looked for. */
export async function beginSyncs(scope: Scope): Promise<void> {
  for (const kind of FIRST_READ[scope.shop.platform]) await putSync(scope, fresh(kind, scope.now));
  await putSync(scope, { ...fresh('reconcile', scope.now, scope.now), state: 'done', dueAt: null });
}

/** Wants a reading again, now; one that is under way goes on where it is. */
export async function askSync(scope: Scope, kind: SyncKind): Promise<void> {
  const known = (await listSyncs(scope.tx, scope.shop.id)).find((row) => row.kind === kind);
  if (!known) return putSync(scope, fresh(kind, scope.now));
  const ended = known.state === 'done' || known.state === 'failed';
  const anew = ended ? { ...fresh(kind, scope.now, kind === 'reconcile' ? known.position : 0) } : {};
  await updateSync(scope, kind, { ...withoutKind(anew), dueAt: scope.now, attempts: 0 });
}

/** New tokens came: what waited for them goes on. */
export async function resumeSyncs(scope: Scope): Promise<void> {
  for (const { kind, state } of await listSyncs(scope.tx, scope.shop.id)) {
    if (state !== 'done') await askSync(scope, kind);
  }
}

function withoutKind(row: Partial<Omit<SyncRow, 'shopId'>>) {
  const { kind: _kind, ...rest } = row;
  return rest;
}

/** The shop's readings and how far they are, in the order in which they are worked on. */
export const syncsOf = ({ db }: Db, shopId: number): Promise<SyncRow[]> => listSyncs(db.read, shopId);

/** Keeps how far a reading has come. */
export const noteSync = (scope: Scope, kind: SyncKind, change: Parameters<typeof updateSync>[2]): Promise<void> =>
  updateSync(scope, kind, change);

/** Shops with a reading that is due. */
export const shopsToSync = ({ db }: Db, now: number): Promise<number[]> => shopsWithDueSyncs(db.read, now);

/** An order has to be read from the platform: noted, and the reading of such orders is due. */
export async function askReread(scope: Scope, orderPlatformId: string, since: number): Promise<void> {
  await putReread(scope, orderPlatformId, since);
  await askSync(scope, 'rereads');
}

/** Orders to be read, some at a time. */
export const nextRereads = ({ db }: Db, shopId: number, limit: number) =>
  listRereads(db.read, shopId, limit, MOST_ATTEMPTS);

/** Whether orders are noted to be read. */
export const hasRereads = async ({ tx, shop }: Scope): Promise<boolean> =>
  (await listRereads(tx, shop.id, 1, MOST_ATTEMPTS)).length > 0;

/** An order that was noted at `since` was read. */
export const rereadDone = (scope: Scope, orderPlatformId: string, since: number): Promise<void> =>
  deleteReread(scope, orderPlatformId, since);

/** An order could not be read. */
export const rereadFailed = (scope: Scope, orderPlatformId: string): Promise<void> =>
  countRereadFailure(scope, orderPlatformId);
