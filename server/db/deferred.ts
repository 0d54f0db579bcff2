import type { Tx } from './database.ts';

/**
 * Writes of open transactions whose answer nobody waits for before the commit. PostgreSQL runs a connection's statements in
 * the order they were sent, so what is read afterwards sees them; waiting for each would cost a round trip a row.
 */
type Open = { writes: Promise<unknown>[]; gather: () => void; failed?: { error: unknown } };
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
  const written = write();
  // Its failure is seen at the commit; until then nobody waits.
  written.catch((error: unknown) => {
    transaction.failed ??= { error };
  });
  transaction.writes.push(written);
  return true;
}

/**
 * Throws what a write is known to have failed with by now: among them each that failed before it was sent (a value is
 * missing, or cannot be written). Of such a one the database knows nothing, and would commit the others.
 */
export async function refuseUnsent(handle: Tx): Promise<void> {
  // Runs when no code that was called so far has anything left to say in this turn.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  const failed = open.get(handle)?.failed;
  if (failed) throw failed.error;
}

/**
 * Resolves when all writes left to the end are done.
 * @throws what the first of them failed with: those after it only say that the transaction is broken
 */
export async function endDeferring(handle: Tx): Promise<void> {
  const writes = open.get(handle)?.writes ?? [];
  open.delete(handle);
  for (const written of writes) await written;
}
