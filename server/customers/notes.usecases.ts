import type { Database } from '../db/database.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { unknownNote } from './customers.errors.ts';
import { refuseErased } from './customers.usecases.ts';
import { deleteNote, findNote, insertNote, type NoteRow, notesBefore } from './notes.repository.ts';

/** What the merchant wants to remember; `at`: when the call or the meeting was, now if left out. */
export type NewNote = { kind: NoteRow['kind']; text: string; at?: number | undefined };
export type Note = Pick<NoteRow, 'id' | 'kind' | 'text' | 'at' | 'actor'>;

/** A note as it is shown. */
const shown = ({ id, kind, text, at, actor }: NoteRow): Note => ({ id, kind, text, at, actor });

/**
 * Writes down a note about a customer. The audit log says that it was done, not what it says: a note that is deleted is gone.
 * @throws AppError customers.erased
 */
export async function addNote(
  scope: Scope,
  { customerId, note, actor }: { customerId: string; note: NewNote; actor: string },
): Promise<Note> {
  await refuseErased(scope, customerId);
  // A browser's clock may be ahead of ours: what was is not in the future.
  const at = Math.min(note.at ?? scope.now, scope.now);
  const row = { id: scope.ids.next(), customerId, kind: note.kind, text: note.text, at, actor };
  await insertNote(scope, row);
  const after = { note: row.id, kind: row.kind, at };
  await recordAction(scope, { actor, action: 'customer.note', target: customerId, before: null, after });
  return shown({ ...row, shopId: scope.shop.id });
}

/** Deletes a note. @throws AppError customers.unknown_note */
export async function removeNote(
  scope: Scope,
  { customerId, id, actor }: { customerId: string; id: string; actor: string },
): Promise<void> {
  const known = await findNote(scope, customerId, id);
  if (!known) throw unknownNote();
  await deleteNote(scope, customerId, id);
  const before = { note: id, kind: known.kind, at: known.at };
  await recordAction(scope, { actor, action: 'customer.note_deleted', target: customerId, before, after: null });
}

/** A customer's notes before a place in (at, id), newest first, a page; `id` null: none of that instant. */
export async function notesOf(
  { db }: { db: Database },
  shopId: number,
  customerId: string,
  { at, id, limit }: { at: number; id: string | null; limit: number },
): Promise<Note[]> {
  return (await notesBefore(db.read, shopId, customerId, at, id, limit)).map(shown);
}
