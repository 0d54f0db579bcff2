import { noteFailure, refuseFailed } from './failures.ts';
import type { Tx } from './tx.ts';

/**
 * Writes of open transactions whose answer nobody waits for before the commit. PostgreSQL runs a connection's statements in
 * the order they were sent, so what is read afterwards sees them; waiting for each would cost a round trip a row.
 */
type Open = { writes: Promise<unknown>[]; gather: () => void };
const open = new WeakMap<Tx, Open>();

/**
 * From here to `endDeferring` the handle's writes are sent and not waited for. `gather` is called before each, so that the
 * connection may hold back until somebody waits: a packet for each write would cost more than the write.
 */
export function beginDeferring(handle: Tx, gather: () => void): void {
  open.set(handle, { writes: [], gather });
}

/** Leaves a write to the end of its transaction; false when the handle is in none that defers. */
export function defer(handle: Tx, write: () => Promise<unknown>): boolean {
  const transaction = open.get(handle);
  if (transaction === undefined) return false;
  transaction.gather();
  // Its failure is seen at the next statement after it is known, or at the commit; until then nobody waits.
  transaction.writes.push(write().catch((error: unknown) => noteFailure(handle, error)));
  return true;
}

/**
 * Throws what a statement is known to have failed with by now: among them each that failed before it was sent (a value is
 * missing, or cannot be written). Of such a one the database knows nothing, and would commit the others.
 */
export async function refuseUnsent(handle: Tx): Promise<void> {
  // Runs when no code that was called so far has anything left to say in this turn.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  refuseFailed(handle);
}

/** Resolves when all writes left to the end are answered; those that failed have been noted. */
export async function endDeferring(handle: Tx): Promise<void> {
  const writes = open.get(handle)?.writes ?? [];
  open.delete(handle);
  for (const written of writes) await written;
}
