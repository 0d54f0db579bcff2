import { forgetCarts } from '../carts/handover.usecases.ts';
import type { Contact } from '../commerce/commerce.types.ts';
import { customersByContact, forgetNames } from '../customers/customers.usecases.ts';
import type { Database } from '../db/database.ts';
import { forgetBodies } from '../inbox/forget.usecases.ts';
import type { Ids } from '../shared/ids.ts';
import type { Scope } from '../shops/scope.ts';
import { markErased, openScope } from '../shops/shops.usecases.ts';
import {
  customersOfOrders,
  deletePiece,
  ERASED_TABLES,
  eraseCustomerRow,
  erasedShops,
  eraseFilesOf,
  hasRows,
  shopsToErase,
} from './privacy.repository.ts';

/**
 * Erases a customer: contact, consents, tags, carts, files, reasons and the deliveries that spoke of them. Orders and
 * ledger rows stay; they name nobody any more.
 * @returns the customer, if known
 */
export async function redactCustomer(scope: Scope, contact: Contact, orderIds: string[]): Promise<string | null> {
  const people = new Set([
    ...(await customersByContact(scope, contact)),
    ...(await customersOfOrders(scope, orderIds)),
  ]);
  for (const person of people) {
    const names = await forgetNames(scope, person);
    await eraseCustomerRow(scope, person);
    await forgetCarts(scope, person);
    await eraseFilesOf(scope, person);
    await forgetBodies(scope, person, names);
  }
  await forgetBodies(
    scope,
    null,
    [contact.email, contact.phone].flatMap((name) => name ?? []),
  );
  return [...people][0] ?? null;
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

/** Deletes the rows of shops that were erased, piece by piece. @returns pieces deleted */
export async function eraseShops({ db }: { db: Database }): Promise<number> {
  let pieces = 0;
  for (const { id } of await erasedShops(db.read)) {
    if (!(await hasRows(db.read, id))) continue;
    for (let table = 0; table < ERASED_TABLES; table += 1) {
      for (let more = true; more; pieces += 1) {
        more = (await db.transaction((tx) => deletePiece(tx, id, table, PIECE), { shop: id })) === PIECE;
      }
    }
  }
  return pieces;
}

/** Marks shops whose time for a reinstall is over, so that their rows are deleted. @returns how many */
export async function eraseOverdueShops({ db, ids }: { db: Database; ids: Ids }, now: number): Promise<number> {
  const overdue = await shopsToErase(db.read, now - KEPT_MS);
  for (const { id } of overdue) {
    await db.transaction(async (tx) => markErased(await openScope(tx, id, now, ids)), { shop: id });
  }
  return overdue.length;
}
