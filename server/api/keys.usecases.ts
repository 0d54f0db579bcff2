import type { Database } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import { safeEqual } from '../shared/crypto.ts';
import { type Ids, secretToken } from '../shared/ids.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import { openScope } from '../shops/shops.usecases.ts';
import { unknownKey } from './api.errors.ts';
import { findKey, insertKey, listKeys, updateKey } from './api.repository.ts';
import { hashKey, type KeyScope, parseKey, writeKey } from './keys.rules.ts';

type Deps = { db: Database; clock: Clock; ids: Ids };

/** A key's last use is noted this often at most. */
const COARSE_MS = 3_600_000;

/** Makes a key for programs of a shop's. @returns the key, which nobody can ever read again */
export async function addKey(
  { db, clock, ids }: Deps,
  shopId: number,
  { name, scope, actor }: { name: string; scope: KeyScope; actor: string },
): Promise<{ id: string; key: string; name: string; scope: KeyScope }> {
  const id = ids.next();
  const key = writeKey({ shopId, id }, secretToken());
  await db.transaction(
    async (tx) => {
      const now = clock.now();
      const opened = await openScope(tx, shopId, now, ids);
      const row = { id, name, scope, hash: hashKey(key), createdAt: now, lastUsedAt: null, revokedAt: null };
      await insertKey(opened, row);
      await recordAction(opened, { actor, action: 'api-key.add', before: null, after: { id, name, scope } });
    },
    { shop: shopId },
  );
  return { id, key, name, scope };
}

/** A shop's keys without what proves them, oldest first. */
export async function keysOf({ db }: Pick<Deps, 'db'>, shopId: number) {
  const rows = await listKeys(db.read, shopId);
  return rows.map(({ id, name, scope, createdAt, lastUsedAt, revokedAt }) => ({
    ...{ id, name, scope, createdAt, lastUsedAt, revokedAt },
  }));
}

/** Ends a key at once; one that has ended stays so. @throws AppError api.unknown_key */
export async function revokeKey({ db, clock, ids }: Deps, shopId: number, id: string, actor: string): Promise<void> {
  await db.transaction(
    async (tx) => {
      const now = clock.now();
      const row = await findKey(tx, shopId, id);
      if (!row) throw unknownKey(id);
      if (row.revokedAt !== null) return;
      await updateKey(tx, shopId, id, { revokedAt: now });
      const opened = await openScope(tx, shopId, now, ids);
      const { name, scope } = row;
      await recordAction(opened, { actor, action: 'api-key.revoke', before: { id, name, scope }, after: null });
    },
    { shop: shopId },
  );
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
