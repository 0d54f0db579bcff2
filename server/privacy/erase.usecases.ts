import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Contact } from '../commerce/commerce.types.ts';
import { customersByContact } from '../customers/customers.usecases.ts';
import { personOf } from '../customers/forget.usecases.ts';
import { type AppColumn, type AppTable, describeTable } from '../db/catalogue.ts';
import type { Database } from '../db/database.ts';
import { buyersOf } from '../orders/people.usecases.ts';
import { forEach } from '../shared/each.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import { erasedShops, shopsLeft } from '../shops/forget.usecases.ts';
import type { Features, Scope, ScopeDeps } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import { markErased } from '../shops/shops.usecases.ts';
import { deletePiece, deleteRowsOf, hasRows } from './privacy.repository.ts';

type Names = { emails: string[]; phones: string[]; platformIds: string[] };

/**
 * Erases the customer that a platform names, by their contact or their orders.
 * @returns the customer, if known
 */
export async function redactCustomer(
  scope: Scope,
  features: Features,
  { contact, orderIds }: { contact: Contact; orderIds: string[] },
): Promise<string | null> {
  const people = new Set([...(await customersByContact(scope, contact)), ...(await buyersOf(scope, orderIds))]);
  const one = (value: string | null) => (value === null ? [] : [value]);
  const platformIds = [...orderIds, ...one(contact.platformId)];
  await erasePeople(scope, features, [...people], {
    emails: one(contact.email),
    phones: one(contact.phone),
    platformIds,
  });
  return [...people][0] ?? null;
}

/**
 * Erases a customer because the merchant says so. Who did it stays in the audit log, without a word about the customer.
 * @param customerId one who is not merged into another
 */
export async function eraseCustomer(
  scope: Scope,
  features: Features,
  { customerId, actor }: { customerId: string; actor: string },
): Promise<void> {
  await erasePeople(scope, features, [customerId], { emails: [], phones: [], platformIds: [] });
  await recordAction(scope, { actor, action: 'customer.erase', target: customerId, before: null, after: null });
}

/**
 * Erases people from every table, each as its feature says: contact, consents, tags, notes, carts, files, reasons and the
 * deliveries that spoke of them. Orders and ledger rows stay; they name nobody any more.
 * @param known names by which deliveries may speak of them besides those that are kept
 */
async function erasePeople(scope: Scope, features: Features, people: readonly string[], known: Names): Promise<void> {
  const kept = await personOf(scope, people);
  const both = (name: keyof Names) => [...new Set([...known[name], ...kept[name]])];
  const person = {
    customerIds: kept.customerIds,
    emails: both('emails'),
    phones: both('phones'),
    platformIds: both('platformIds'),
  };
  for (const entry of features.flatMap(({ tables = [] }) => tables)) {
    if ('ofNoShop' in entry) continue;
    const { table, person: how } = entry;
    if ('delete' in how) await deleteRowsOf(scope, { table, column: how.delete }, person.customerIds);
    else if ('anonymise' in how) await how.anonymise(scope, person);
  }
  for (const customerId of person.customerIds) await scope.tell({ kind: 'customer-erased', customerId });
}

/** The platform asks to erase a shop that left. A shop that has come back since keeps its data. */
export async function redactShop(scope: Scope): Promise<void> {
  if (scope.shop.state === 'installed') return;
  await markErased(scope);
}

/** Keys deleted in one transaction: well under 50 ms. */
const PIECE = 300;
/** Data of an uninstalled shop is kept this long for a reinstall. */
const KEPT_MS = 30 * 86_400_000;

type Pieces = { table: AppTable; column: AppColumn };

/** What an erased shop loses, with the column by which it is deleted piece by piece. */
const piecesOf = (features: Features): Pieces[] =>
  features.flatMap(({ tables = [] }) =>
    tables.flatMap((entry) => {
      if ('ofNoShop' in entry || (typeof entry.shop === 'object' && 'keep' in entry.shop)) return [];
      const { table, shop } = entry;
      return { table, column: shop === 'delete' ? keyWithin(table) : shop.delete };
    }),
  );

/** What tells the rows of one shop apart, roughly: the second column of the key, or the only one. */
function keyWithin(table: AppTable): AppColumn {
  const { key } = describeTable(table);
  return (table as unknown as Record<string, AppColumn>)[key[1] ?? String(key[0])] as AppColumn;
}

/** Deletes the rows of shops that were erased, piece by piece. @returns pieces deleted */
export async function eraseShops({ db, features }: { db: Database; features: Features }): Promise<number> {
  const all = piecesOf(features);
  let pieces = 0;
  await forEach(await erasedShops({ db }), async ({ id }) => {
    for (const of of all) {
      if (!(await hasRows(db.read, id, of.table))) continue;
      for (let more = true; more; pieces += 1) {
        more = (await db.transaction((tx) => deletePiece(tx, id, of, PIECE), { shop: id })) === PIECE;
        // Others' turn: on SQLite one piece follows another without a pause.
        await nextTurn();
      }
    }
  });
  return pieces;
}

/** Marks shops whose time for a reinstall is over, so that their rows are deleted. @returns how many */
export async function eraseOverdueShops(deps: ScopeDeps & { db: Database }, now: number): Promise<number> {
  const { db } = deps;
  const overdue = await shopsLeft({ db }, now - KEPT_MS);
  await forEach(overdue, ({ id }) =>
    db.transaction(async (tx) => markErased(await openScope(tx, id, now, deps)), { shop: id }),
  );
  return overdue.length;
}
