import { recordAction } from '../shops/audit.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { postingsFromTo, transactionsByKey } from './figures.repository.ts';
import { unknownAdjustment } from './points.errors.ts';
import { findSpend, lotsOfSource, settleSpend } from './points.repository.ts';
import { type AccountRow, ADJUSTED, ADJUSTS, type Lot, lotName, REVERSES } from './points.types.ts';
import { accountOf, bringUpToDate, plain, presentFor, settle } from './post.usecases.ts';

export type Reversal = {
  /** The audit row's id. */
  id: string;
  /** What the adjustment gave, the other way. */
  points: number;
  account: AccountRow;
};

/**
 * Undoes what was given, or taken off, by hand: a transaction of its own, never an edit, once for an adjustment. Points
 * taken off go back to the lots they came from, an expired one for 30 days more; points given are taken back as those of an
 * order are: what was spent meanwhile becomes debt, or the merchant bears it, by the version in force when it was spent.
 * @returns the reversal, the first one if there is one already
 * @throws AppError points.unknown_adjustment when the customer has no such adjustment
 */
export async function reverseAdjustment(
  scope: Scope,
  { customerId, adjustment, actor }: { customerId: string; adjustment: string; actor: string },
): Promise<Reversal> {
  const made = await adjustmentOf(scope, customerId, adjustment);
  if (!made) throw unknownAdjustment();
  const key = `${REVERSES}${adjustment}`;
  const [known] = await transactionsByKey(scope.tx, scope.shop.id, [key]);
  const account = await bringUpToDate(scope, await accountOf(scope, customerId));
  if (known) return { id: known.reference ?? '', points: -made.points, account };
  const before = { available: account.available };
  const effectiveAt = await presentFor(scope, customerId);
  const id = scope.ids.next();
  if (made.lot === null) await settleSpend(scope, adjustment, 'released', effectiveAt);
  const operation = { customerId, kind: 'adjust' as const, key, reference: id, effectiveAt };
  const wanted = made.lot === null ? [] : [{ ...made.lot, granted: 0 }];
  const after = await settle(scope, account, operation, wanted);
  await recordAction(scope, {
    id,
    actor,
    action: 'points.reverse',
    target: customerId,
    before,
    after: { available: after.available, adjustment },
  });
  return { id, points: -made.points, account: after };
}

/** What an adjustment of a customer's was: the lot of given points, else what was taken off; null: there is none. */
async function adjustmentOf(
  scope: Scope,
  customerId: string,
  id: string,
): Promise<{ points: number; lot: Lot | null } | null> {
  const lot = (await lotsOfSource(scope, id)).find((row) => row.rule === ADJUSTED && row.customerId === customerId);
  if (lot) return { points: await givenBy(scope, id), lot: plain(lot) };
  const spend = await findSpend(scope, id);
  const removed = spend?.kind === 'adjustment' && spend.customerId === customerId;
  return removed ? { points: -spend.amount, lot: null } : null;
}

/** What an adjustment gave: a lot that was taken back holds nothing any more, so its first transaction is asked. */
async function givenBy({ tx, shop }: Scope, id: string): Promise<number> {
  const [first] = await transactionsByKey(tx, shop.id, [`${ADJUSTS}${id}`]);
  if (!first) return 0;
  const postings = await postingsFromTo(tx, shop.id, first.customerId, first.seq, first.seq);
  const name = lotName({ source: id, rule: ADJUSTED });
  const given = postings.filter(({ account, lot }) => account === 'adjusted' && lot === name);
  return given.reduce((sum, { amount }) => sum - amount, 0);
}
