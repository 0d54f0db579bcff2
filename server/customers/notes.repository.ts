import { and, desc, eq, lt, lte, or } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import { customerNotes } from './customers.tables.ts';

export type NoteRow = typeof customerNotes.$inferSelect;

/** A customer's notes before a place in (at, id), newest first, a page; `id` null: none of that instant. */
export const notesBefore = (db: Tx, shop: number, customer: string, at: number, id: string | null, limit: number) =>
  db
    .select()
    .from(customerNotes)
    .where(
      and(
        ...[eq(customerNotes.shopId, shop), eq(customerNotes.customerId, customer)],
        id === null
          ? lt(customerNotes.at, at)
          : and(lte(customerNotes.at, at), or(lt(customerNotes.at, at), lt(customerNotes.id, id))),
      ),
    )
    .orderBy(desc(customerNotes.at), desc(customerNotes.id))
    .limit(limit);

/** One note of a customer's, or null. */
export async function findNote({ tx, shop }: Scope, customer: string, id: string): Promise<NoteRow | null> {
  const [row] = await tx
    .select()
    .from(customerNotes)
    .where(noteOf(shop.id, customer, id));
  return row ?? null;
}

const noteOf = (shop: number, customer: string, id: string) =>
  and(eq(customerNotes.shopId, shop), eq(customerNotes.id, id), eq(customerNotes.customerId, customer));

export async function insertNote({ tx, shop }: Scope, row: Omit<NoteRow, 'shopId'>): Promise<void> {
  await tx.insert(customerNotes).values({ ...row, shopId: shop.id });
}

export async function deleteNote({ tx, shop }: Scope, customer: string, id: string): Promise<void> {
  await tx.delete(customerNotes).where(noteOf(shop.id, customer, id));
}

/** Hands the notes about one customer to another. */
export async function reassignNotes({ tx, shop }: Scope, from: string, to: string): Promise<void> {
  await tx
    .update(customerNotes)
    .set({ customerId: to })
    .where(and(eq(customerNotes.shopId, shop.id), eq(customerNotes.customerId, from)));
}
