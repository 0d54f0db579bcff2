import { idParams } from '../contracts/common.ts';
import {
  adjustmentParams,
  noteChange,
  noteGone,
  noteParams,
  noteView,
  reversed,
  tagChange,
  tagsView,
} from '../contracts/people.ts';
import { addNote, removeNote } from '../customers/notes.usecases.ts';
import { customerMeant } from '../customers/profile.usecases.ts';
import { changeTags } from '../customers/tags.usecases.ts';
import { reverseAdjustment } from '../points/reverse.usecases.ts';
import { type Endpoint, writes } from './endpoint.ts';

/** What the merchant does with one customer: notes, tags, undoing what was done by hand. */
export const peopleRoutes: Endpoint[] = [
  writes({
    ...{ method: 'post', path: '/customers/:id/notes', scope: 'write', params: idParams, body: noteChange },
    ...{ answer: noteView, status: 201, summary: 'Writes down a note, a call or a meeting' },
    write: async (scope, { actor, params: { id }, body: note }) =>
      addNote(scope, { customerId: await customerMeant(scope, id), note, actor }),
  }),
  writes({
    ...{ method: 'delete', path: '/customers/:id/notes/:note', scope: 'write', params: noteParams, answer: noteGone },
    summary: 'Deletes a note for good',
    async write(scope, { actor, params: { id, note } }) {
      await removeNote(scope, { customerId: await customerMeant(scope, id), id: note, actor });
      return { id: note, deleted: true as const };
    },
  }),
  writes({
    ...{ method: 'put', path: '/customers/:id/tags', scope: 'write', params: idParams, body: tagChange },
    ...{ answer: tagsView, summary: 'Puts tags on and takes others off, here only; the rest stay' },
    write: async (scope, { actor, params: { id }, body: { add, remove } }) => ({
      tags: await changeTags(scope, { customerId: await customerMeant(scope, id), add, remove, actor }),
    }),
  }),
  writes({
    ...{ method: 'post', path: '/customers/:id/adjustments/:adjustment/reverse', scope: 'write' },
    ...{ params: adjustmentParams, answer: reversed, status: 201 },
    summary: 'Undoes points given or taken off by hand, once',
    async write(scope, { actor, params: { id, adjustment } }) {
      const customerId = await customerMeant(scope, id);
      const { account, ...made } = await reverseAdjustment(scope, { customerId, adjustment, actor });
      const { available, pending, reserved, lifetimeEarned } = account;
      return { ...made, reverses: adjustment, customerId, balance: { available, pending, reserved, lifetimeEarned } };
    },
  }),
];
