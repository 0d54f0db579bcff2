import type { Catalogue } from '../db/catalogue.ts';
import type { Database } from '../db/database.ts';
import type { Vault } from '../shared/crypto.ts';
import { isAppError } from '../shared/errors.ts';
import { SEALED, type SealedColumn } from '../shared/sealed.ts';
import { replaceSealed, sealedAfter } from './secrets.repository.ts';

type Row = Record<string, unknown>;
type Deps = { db: Database; vault: Vault; catalogue: Catalogue };

/** Values looked at in one transaction: a few milliseconds of work. */
const PAGE = 200;

export type KeyUse = { id: string; values: number };
export type Unreadable = { table: string; field: string; shop: number; key: string };
export type Rotation = {
  resealed: number;
  /** Key ids by which something is sealed now, and how much. */
  inUse: KeyUse[];
  /** What no key of ours opens: it stays as it is. */
  unreadable: Unreadable[];
};

/**
 * Seals every stored secret with the newest key, some at a time. What is sealed by it already stays untouched, so that
 * a second run changes nothing and one that was interrupted can be begun again.
 */
export async function rotateKeys({ db, vault, catalogue }: Deps): Promise<Rotation> {
  const unreadable: Unreadable[] = [];
  let resealed = 0;
  for (const place of SEALED) {
    for (let after: Row | undefined, more = true; more; ) {
      const from = after;
      const rows = await db.transaction(async (tx) => {
        const page = await sealedAfter(tx, catalogue, place, from, PAGE);
        for (const row of page) {
          const sealed = anew(vault, place, row, unreadable);
          if (sealed !== null && (await replaceSealed(tx, catalogue, place, row, sealed))) resealed += 1;
        }
        return page;
      });
      after = rows.at(-1);
      more = rows.length === PAGE;
    }
  }
  return { resealed, inUse: await keysInUse({ db, vault, catalogue }), unreadable };
}

/** The value sealed with the newest key; null where it is already, or where it cannot be opened. */
function anew(vault: Vault, { table, field, context }: SealedColumn, row: Row, unreadable: Unreadable[]) {
  const sealed = String(row[field]);
  try {
    return vault.needsRotation(sealed) ? vault.rotate(sealed, context(row)) : null;
  } catch (error) {
    if (!isAppError(error, 'vault.unreadable')) throw error;
    unreadable.push({ table, field, shop: Number(row.shopId ?? row.id), key: keyOf(vault, sealed) });
    return null;
  }
}

function keyOf(vault: Vault, sealed: string): string {
  try {
    return vault.keyId(sealed);
  } catch {
    return '?';
  }
}

/** How many stored secrets each key has sealed, by the keys' ids. */
export async function keysInUse({ db, vault, catalogue }: Deps): Promise<KeyUse[]> {
  const counts = new Map<string, number>();
  for (const place of SEALED) {
    let page: Row[] = [];
    do {
      page = await sealedAfter(db.read, catalogue, place, page.at(-1), PAGE);
      for (const row of page) {
        const id = keyOf(vault, String(row[place.field]));
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    } while (page.length === PAGE);
  }
  return [...counts].map(([id, values]) => ({ id, values })).sort((a, b) => (a.id < b.id ? -1 : 1));
}
