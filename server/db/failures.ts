import type { Tx } from './tx.ts';

/**
 * What an open transaction failed with first. PostgreSQL takes nothing more of a transaction in which a statement has failed,
 * SQLite would go on as if nothing had happened, and a write that nobody waits for fails behind the back of its caller. So
 * that the same code does the same on both, the rule is kept here: after its first failed statement a transaction can only
 * roll back, whether or not somebody caught the failure, and that failure is what it ends with (docs/adr/0013).
 */
export type Fate = { failed: { error: unknown } | null };

const fates = new WeakMap<Tx, Fate>();

/** From here to `endFate` the handle's failures are noted: its transaction has begun. */
export function beginFate(tx: Tx, fate: Fate): void {
  fate.failed = null;
  fates.set(tx, fate);
}

/** The transaction has ended. */
export const endFate = (tx: Tx): boolean => fates.delete(tx);

/** Notes that a statement failed, or could not even be sent. @returns what its transaction failed with first */
export function noteFailure(tx: Tx, error: unknown): unknown {
  const fate = fates.get(tx);
  if (fate === undefined) return error;
  fate.failed ??= { error };
  return fate.failed.error;
}

/** Throws what the transaction failed with, if it has. */
export function refuseFailed(tx: Tx): void {
  const failed = fates.get(tx)?.failed;
  if (failed) throw failed.error;
}
