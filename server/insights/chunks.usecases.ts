import type { Scope } from '../shops/scope.ts';
import { type Packed, packColumns, readColumns, spliceColumns } from './columns.rules.ts';
import { byChunk } from './fold.rules.ts';
import { findChunk, putChunk } from './insights.repository.ts';

/**
 * Writes a chunk if it differs from what is there. Revisions only grow, and go by the clock too, so that a chunk that was
 * deleted with its shop and made anew is never taken for the old one by a reader who has that in memory.
 * @param make the new content from the old, null where there is none
 */
export async function writeColumns(scope: Scope, chunk: number, make: (old: Buffer | null) => Buffer): Promise<void> {
  const known = await findChunk(scope.tx, scope.shop.id, chunk);
  const columns = make(known?.columns ?? null);
  if (known?.columns.equals(columns)) return;
  await putChunk(scope, chunk, Math.max((known?.revision ?? 0) + 1, scope.now), columns);
}

/** Writes customers to their places. A chunk is read and written once, however many of its customers have changed. */
export async function writePlaces(scope: Scope, packed: ReadonlyMap<number, Packed>): Promise<void> {
  for (const [chunk, slots] of byChunk(packed)) {
    await writeColumns(scope, chunk, (old) => spliceColumns(readColumns(old ?? packColumns([])), slots));
  }
}
