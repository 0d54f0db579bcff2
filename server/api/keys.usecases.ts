import type { Database } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import { safeEqual } from '../shared/crypto.ts';
import { type Ids, secretToken } from '../shared/ids.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import { unknownKey } from './api.errors.ts';
import { findKey, insertKey, listKeys, updateKey } from './api.repository.ts';
import { hashKey, type KeyScope, parseKey, writeKey } from './keys.rules.ts';

type Deps = { db: Database; clock: Clock; ids: Ids; reactions: Reactions };

/** A key's last use is noted this often at most. */
const COARSE_MS = 3_600_000;

type NewKey = { name: string; scope: KeyScope; actor: string };
type MadeKey = { id: string; key: string; name: string; scope: KeyScope };

/** Makes a key for programs of a shop's. @returns the key, which nobody can ever read again */
export const addKey = ({ db, clock, ids, reactions }: Deps, shopId: number, asked: NewKey): Promise<MadeKey> =>
  db.transaction(async (tx) => makeKey(await openScope(tx, shopId, clock.now(), { ids, reactions }), asked), {
    shop: shopId,
  });

/** As addKey, inside a transaction of the shop. */
export async function makeKey(opened: Scope, { name, scope, actor }: NewKey): Promise<MadeKey> {
  const id = opened.ids.next();
  const key = writeKey({ shopId: opened.shop.id, id }, secretToken());
  const row = { id, name, scope, hash: hashKey(key), createdAt: opened.now, lastUsedAt: null, revokedAt: null };
  await insertKey(opened, row);
  await recordAction(opened, { actor, action: 'api-key.add', before: null, after: { id, name, scope } });
  return { id, key, name, scope };
}

/** A shop's keys without what proves them, oldest first. */
export async function keysOf({ db }: Pick<Deps, 'db'>, shopId: number) {
  const rows = await listKeys(db.read, shopId);
  return rows.map(({ id, name, scope, createdAt, lastUsedAt, revokedAt }) => ({
    id,
    name,
    scope,
    createdAt,
    lastUsedAt,
    revokedAt,
  }));
}

/** Ends a key at once; one that has ended stays so. @throws AppError api.unknown_key */
export const revokeKey = (
  { db, clock, ids, reactions }: Deps,
  shopId: number,
  id: string,
  actor: string,
): Promise<void> =>
  db.transaction(async (tx) => endKey(await openScope(tx, shopId, clock.now(), { ids, reactions }), id, actor), {
    shop: shopId,
  });

/** As revokeKey, inside a transaction of the shop. */
export async function endKey(opened: Scope, id: string, actor: string): Promise<void> {
  const { tx, shop, now } = opened;
  const row = await findKey(tx, shop.id, id);
  if (!row) throw unknownKey(id);
  if (row.revokedAt !== null) return;
  await updateKey(tx, shop.id, id, { revokedAt: now });
  const { name, scope } = row;
  await recordAction(opened, { actor, action: 'api-key.revoke', before: { id, name, scope }, after: null });
}

/** Whose key this is, and what it may do; null: nobody's, or revoked. Notes the use, to the hour. */
export async function keyOwner(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  token: string,
): Promise<{ shopId: number; id: string; scope: KeyScope } | null> {
  const claimed = parseKey(token);
  const row = claimed && (await findKey(db.read, claimed.shopId, claimed.id));
  if (!row || !safeEqual(row.hash, hashKey(token)) || row.revokedAt !== null) return null;
  const now = clock.now();
  const { shopId, id, scope } = row;
  if (row.lastUsedAt === null || row.lastUsedAt <= now - COARSE_MS) {
    await db.transaction((tx) => updateKey(tx, shopId, id, { lastUsedAt: now }), { shop: shopId });
  }
  return { shopId, id, scope };
}
