import type { Database } from '../db/database.ts';
import { readColumns } from './columns.rules.ts';
import { listRevisions, readChunks } from './insights.repository.ts';
import { type Chunk, chunkOf, type ShopColumns } from './numbers.rules.ts';

/** Columns kept in memory, all shops together: what a million orders take some eight times over. */
const MAX_BYTES = 384 * 2 ** 20;
/** Chunks read in one query. */
const PAGE = 64;

type Held = { revision: number; chunk: Chunk; bytes: number };
type HeldShop = { chunks: Map<number, Held>; bytes: number };

/** Shops whose columns are in memory, least recently read first; for each database its own. */
const held = new WeakMap<Database, Map<number, HeldShop>>();

/**
 * A shop's columns. Chunks that have not been written since they were last read come from memory; answers are never kept.
 * Call it after `foldShop`, or what changed since is missing.
 */
export async function shopColumns(db: Database, shopId: number): Promise<ShopColumns> {
  const shops = held.get(db) ?? new Map<number, HeldShop>();
  held.set(db, shops);
  const shop = shops.get(shopId) ?? { chunks: new Map<number, Held>(), bytes: 0 };
  const revisions = await listRevisions(db.read, shopId);
  const stale = revisions.filter(({ chunk, revision }) => shop.chunks.get(chunk)?.revision !== revision);
  for (let at = 0; at < stale.length; at += PAGE) {
    const wanted = stale.slice(at, at + PAGE).map(({ chunk }) => chunk);
    for (const row of await readChunks(db.read, shopId, wanted)) hold(shop, row);
  }
  const known = new Set(revisions.map(({ chunk }) => chunk));
  for (const [chunk, { bytes }] of shop.chunks) {
    if (known.has(chunk)) continue;
    shop.chunks.delete(chunk);
    shop.bytes -= bytes;
  }
  shops.delete(shopId);
  shops.set(shopId, shop);
  makeRoom(shops, shopId);
  const chunks: Chunk[] = [];
  const anonymous: Chunk[] = [];
  for (const { chunk } of shop.chunks.values()) (chunk.number < 0 ? anonymous : chunks).push(chunk);
  return { chunks, anonymous };
}

function hold(shop: HeldShop, row: { chunk: number; revision: number; columns: Buffer }): void {
  shop.bytes -= shop.chunks.get(row.chunk)?.bytes ?? 0;
  const chunk = chunkOf(row.chunk, readColumns(row.columns));
  shop.chunks.set(row.chunk, { revision: row.revision, chunk, bytes: row.columns.length });
  shop.bytes += row.columns.length;
}

/** Lets go of other shops, least recently read first, while there is too much. */
function makeRoom(shops: Map<number, HeldShop>, keep: number): void {
  let total = 0;
  for (const { bytes } of shops.values()) total += bytes;
  for (const [id, { bytes }] of shops) {
    if (total <= MAX_BYTES) return;
    if (id === keep) continue;
    shops.delete(id);
    total -= bytes;
  }
}
