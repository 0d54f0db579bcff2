import type { Database } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import { ledgerSize, listChecks, putCheck } from './check.repository.ts';
import { type Verification, verifyLedger } from './verify.usecases.ts';

/** Verifies a shop's ledger and remembers how it ended, so that whoever watches the app sees it. */
export async function checkLedger(
  { db, clock }: { db: Database; clock: Clock },
  shopId: number,
  onProgress?: (customers: number) => void,
): Promise<Verification> {
  const result = await verifyLedger({ db }, shopId, onProgress);
  const { ok, transactions, postings } = result;
  await db.transaction((tx) => putCheck(tx, { shopId, at: clock.now(), ok, transactions, postings }), { shop: shopId });
  return result;
}

/** How large the ledger is, and how the last verification of each shop ended: cheap to ask. */
export async function ledgerFacts({ db }: { db: Database }) {
  const size = await ledgerSize(db.read);
  const checks = await listChecks(db.read);
  return {
    ...size,
    ok: checks.filter(({ ok }) => ok).length,
    wrong: checks.filter(({ ok }) => !ok).length,
    oldestCheck: checks.length === 0 ? null : Math.min(...checks.map(({ at }) => at)),
  };
}
