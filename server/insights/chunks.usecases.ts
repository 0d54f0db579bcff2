import type { Scope } from '../shops/scope.ts';
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
