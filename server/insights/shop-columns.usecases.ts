import type { Database } from '../db/database.ts';
import { createCache } from '../shared/cache.ts';
import { readColumns } from './columns.rules.ts';
import { listRevisions, readChunks } from './insights.repository.ts';
import { type Chunk, chunkOf, type ShopColumns } from './numbers.rules.ts';

/** Chunks read in one query. */
const PAGE = 64;
/** Times that chunks are read before an answer is given, be they of one moment or not. */
const TURNS = 5;

type Held = { revision: number; chunk: Chunk; bytes: number };
type HeldShop = { chunks: Map<number, Held>; bytes: number };

/** Shops whose columns are in memory: a million orders take some 25 MB. A shop that does not fit is read anew each time. */
const heldIn = createCache<number, HeldShop>({ name: 'columns', share: 0.6, bytesOf: ({ bytes }) => bytes });

/**
 * A shop's columns, in order of their places. Chunks that have not been written since they were last read come from memory;
 * answers are never kept. Call it after `foldShop`, or what changed since is missing.
 */
export async function shopColumns(db: Database, shopId: number): Promise<ShopColumns> {
  const shops = heldIn(db);
  const shop = await readShop(db, shopId, shops.get(shopId)?.chunks ?? new Map<number, Held>());
  shops.set(shopId, shop);
  const chunks: Chunk[] = [];
  const anonymous: Chunk[] = [];
  for (const { chunk } of shop.chunks.values()) (chunk.number < 0 ? anonymous : chunks).push(chunk);
  return { chunks, anonymous };
}

/**
 * What is written while it is read would be half in the answer: it is looked at again until nothing has changed, or enough.
 * Others may be reading the same shop, so what is known is not changed in place.
 */
async function readShop(db: Database, shopId: number, before: ReadonlyMap<number, Held>): Promise<HeldShop> {
  const known = new Map(before);
  for (let turn = 1; ; turn += 1) {
    const revisions = await listRevisions(db.read, shopId);
    const stale = revisions.filter(({ chunk, revision }) => known.get(chunk)?.revision !== revision);
    if (stale.length === 0) return inOrder(revisions, known);
    for (let at = 0; at < stale.length; at += PAGE) {
      const wanted = stale.slice(at, at + PAGE).map(({ chunk }) => chunk);
      for (const row of await readChunks(db.read, shopId, wanted)) known.set(row.chunk, holding(row));
    }
    if (turn === TURNS) return inOrder(revisions, known);
  }
}

function inOrder(revisions: readonly { chunk: number }[], known: ReadonlyMap<number, Held>): HeldShop {
  const chunks = new Map<number, Held>();
  let bytes = 0;
  for (const { chunk } of revisions) {
    const one = known.get(chunk);
    if (!one) continue;
    chunks.set(chunk, one);
    bytes += one.bytes;
  }
  return { chunks, bytes };
}

function holding(row: { chunk: number; revision: number; columns: Buffer }): Held {
  const chunk = chunkOf(row.chunk, readColumns(row.columns));
  return { revision: row.revision, chunk, bytes: row.columns.length };
}
