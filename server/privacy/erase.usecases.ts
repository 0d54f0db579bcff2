import { setImmediate as nextTurn } from 'node:timers/promises';
import { recallArchives } from '../archives/archives.usecases.ts';
import { forgetCarts, forgetCartsOf } from '../carts/handover.usecases.ts';
import type { Contact } from '../commerce/commerce.types.ts';
import { customersByContact, forgetNames, type Names, wholePerson } from '../customers/customers.usecases.ts';
import type { Database } from '../db/database.ts';
import { forgetEffectsOf } from '../effects/effects.usecases.ts';
import { forgetBodiesOf, forgetTraces } from '../inbox/forget.usecases.ts';
import { forEach } from '../shared/each.ts';
import type { Ids } from '../shared/ids.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import { markErased } from '../shops/shops.usecases.ts';
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
 * Erases the customer that a platform names, by their contact or their orders.
 * @returns the customer, if known
 */
export async function redactCustomer(scope: Scope, contact: Contact, orderIds: string[]): Promise<string | null> {
  const people = new Set([
    ...(await customersByContact(scope, contact)),
    ...(await customersOfOrders(scope, orderIds)),
  ]);
  const one = (value: string | null) => (value === null ? [] : [value]);
  const ids = [...orderIds, ...one(contact.platformId)];
  await erasePeople(scope, [...people], { emails: one(contact.email), phones: one(contact.phone), ids });
  return [...people][0] ?? null;
}

/**
 * Erases a customer because the merchant says so. Who did it stays in the audit log, without a word about the customer.
 * @param customerId one who is not merged into another
 */
export async function eraseCustomer(
  scope: Scope,
  { customerId, actor }: { customerId: string; actor: string },
): Promise<void> {
  await erasePeople(scope, [customerId], { emails: [], phones: [], ids: [] });
  await recordAction(scope, { actor, action: 'customer.erase', target: customerId, before: null, after: null });
}

/**
 * Erases people: contact, consents, tags, notes, carts, files, reasons and the deliveries that spoke of them. Orders and
 * ledger rows stay; they name nobody any more.
 * @param known names by which deliveries may speak of them besides those that are kept
 */
async function erasePeople(scope: Scope, people: readonly string[], known: Names): Promise<void> {
  const emails = new Set(known.emails);
  const phones = new Set(known.phones);
  const ids = new Set(known.ids);
  for (const person of people) {
    for (const row of await wholePerson(scope, person)) {
      const names = await forgetNames(scope, row);
      for (const email of names.emails) emails.add(email);
      for (const phone of names.phones) phones.add(phone);
      for (const id of names.ids) ids.add(id);
      await eraseCustomerRow(scope, row);
      await forgetCarts(scope, row);
      await eraseFilesOf(scope, row);
      await forgetEffectsOf(scope, row);
      await forgetBodiesOf(scope, row);
    }
  }
  await forgetCartsOf(scope, [...emails], [...phones]);
  await forgetTraces(scope, { emails: [...emails], phones: [...phones], ids: [...ids] });
  await recallArchives(scope);
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
  await forEach(await erasedShops(db.read), async ({ id }) => {
    if (!(await hasRows(db.read, id))) return;
    for (let table = 0; table < ERASED_TABLES; table += 1) {
      for (let more = true; more; pieces += 1) {
        more = (await db.transaction((tx) => deletePiece(tx, id, table, PIECE), { shop: id })) === PIECE;
        // Others' turn: on SQLite one piece follows another without a pause.
        await nextTurn();
      }
    }
  });
  return pieces;
}

/** Marks shops whose time for a reinstall is over, so that their rows are deleted. @returns how many */
export async function eraseOverdueShops(
  { db, ids, reactions }: { db: Database; ids: Ids; reactions: Reactions },
  now: number,
): Promise<number> {
  const overdue = await shopsToErase(db.read, now - KEPT_MS);
  await forEach(overdue, ({ id }) =>
    db.transaction(async (tx) => markErased(await openScope(tx, id, now, { ids, reactions })), { shop: id }),
  );
  return overdue.length;
}
