import type { Database } from '../db/database.ts';
import type { Ids } from '../shared/ids.ts';
import { nationalNumber } from '../shared/text.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import type { CustomerRow } from './customers.types.ts';
import { deleteTerms, insertTerms, rowsAfter } from './search.repository.ts';
import { termsOf } from './search.rules.ts';

const SEARCHED = ['email', 'phone', 'firstName', 'lastName'] as const;
type Searched = Pick<CustomerRow, (typeof SEARCHED)[number]>;

const terms = (row: Searched): string[] =>
  termsOf({ ...row, nationalPhone: row.phone === null ? null : nationalNumber(row.phone) });

/** Makes a new customer be found. */
export const indexNew = (scope: Scope, id: string, row: Searched): Promise<void> => insertTerms(scope, id, terms(row));

/** Makes a customer be found by what they are called now, and by nothing else. */
export async function indexAgain(scope: Scope, id: string, before: Searched, after: Searched): Promise<void> {
  if (SEARCHED.every((name) => before[name] === after[name])) return;
  const [old, wanted] = [terms(before), terms(after)];
  if (old.join() === wanted.join()) return;
  await deleteTerms(scope, id);
  await insertTerms(scope, id, wanted);
}

/** Nobody finds a customer any more: erased, or merged into another. */
export const unindex = (scope: Scope, id: string): Promise<void> => deleteTerms(scope, id);

/** Customers indexed in one transaction: well under 50 ms. */
const PAGE = 100;

/** Makes a shop's index anew from its customers, a page a transaction. @returns customers looked at */
export async function rebuildSearch(
  { db, ids, reactions }: { db: Database; ids: Ids; reactions: Reactions },
  shopId: number,
  now: number,
): Promise<number> {
  for (let done = 0, after: string | undefined = ''; ; ) {
    const from: string = after;
    const page = await db.transaction(
      async (tx) => {
        const scope = await openScope(tx, shopId, now, { ids, reactions });
        const rows = await rowsAfter(tx, shopId, from, PAGE);
        for (const row of rows) {
          await deleteTerms(scope, row.id);
          if (row.mergedInto === null) await indexNew(scope, row.id, row);
        }
        return rows;
      },
      { shop: shopId },
    );
    done += page.length;
    after = page.at(-1)?.id;
    if (after === undefined) return done;
  }
}
