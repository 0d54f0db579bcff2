import { idParams } from '../contracts/common.ts';
import {
  adjustmentParams,
  dataExportMade,
  erased,
  erasureAsked,
  noteChange,
  noteGone,
  noteParams,
  noteView,
  reversed,
  tagChange,
  tagsView,
  timelinePage,
  timelineQuery,
} from '../contracts/people.ts';
import { addNote, removeNote } from '../customers/notes.usecases.ts';
import { changeTags } from '../customers/tags.usecases.ts';
import { customerMeant } from '../people/profile.usecases.ts';
import { customerTimeline } from '../people/timeline.usecases.ts';
import { reverseAdjustment } from '../points/reverse.usecases.ts';
import { eraseCustomer } from '../privacy/erase.usecases.ts';
import { exportCustomer } from '../privacy/export.usecases.ts';
import { type Endpoint, reads, writes } from './endpoint.ts';

/** What the merchant does with one customer: notes, tags, undoing what was done by hand. */
export const peopleRoutes: Endpoint[] = [
  reads({
    method: 'get',
    path: '/customers/:id/timeline',
    scope: 'read',
    params: idParams,
    query: timelineQuery,
    answer: timelinePage,
    summary: 'What happened with a customer, newest first',
    read: ({ db, features }, { shop, params: { id }, query }) =>
      customerTimeline({ db, features }, shop, { id, ...query }),
  }),
  writes({
    method: 'post',
    path: '/customers/:id/notes',
    scope: 'write',
    params: idParams,
    body: noteChange,
    answer: noteView,
    status: 201,
    summary: 'Writes down a note, a call or a meeting',
    write: async (scope, { actor, params: { id }, body: note }) =>
      addNote(scope, { customerId: await customerMeant(scope, id), note, actor }),
  }),
  writes({
    method: 'delete',
    path: '/customers/:id/notes/:note',
    scope: 'write',
    params: noteParams,
    answer: noteGone,
    summary: 'Deletes a note for good',
    async write(scope, { actor, params: { id, note } }) {
      await removeNote(scope, { customerId: await customerMeant(scope, id), id: note, actor });
      return { id: note, deleted: true as const };
    },
  }),
  writes({
    method: 'put',
    path: '/customers/:id/tags',
    scope: 'write',
    params: idParams,
    body: tagChange,
    answer: tagsView,
    summary: 'Puts tags on and takes others off; the rest stay. Shopify is told behind it',
    write: async (scope, { actor, params: { id }, body: { add, remove } }) => ({
      tags: await changeTags(scope, { customerId: await customerMeant(scope, id), add, remove, actor }),
    }),
    after: async ({ jobs }, { shop }) => jobs.wake('effects', shop.id),
  }),
  writes({
    method: 'post',
    path: '/customers/:id/adjustments/:adjustment/reverse',
    scope: 'write',
    params: adjustmentParams,
    answer: reversed,
    status: 201,
    summary: 'Undoes points given or taken off by hand, once',
    async write(scope, { actor, params: { id, adjustment } }) {
      const customerId = await customerMeant(scope, id);
      const { account, ...made } = await reverseAdjustment(scope, { customerId, adjustment, actor });
      const { available, pending, reserved, lifetimeEarned } = account;
      return { ...made, reverses: adjustment, customerId, balance: { available, pending, reserved, lifetimeEarned } };
    },
  }),
  writes({
    method: 'post',
    path: '/customers/:id/data-export',
    scope: 'admin',
    params: idParams,
    answer: dataExportMade,
    status: 201,
    summary: 'Makes a file of everything that is kept about one customer',
    write: async (scope, { actor, params: { id } }, { features }) =>
      exportCustomer(scope, features, { customerId: await customerMeant(scope, id), actor }),
  }),
  writes({
    method: 'post',
    path: '/customers/:id/erase',
    scope: 'admin',
    params: idParams,
    body: erasureAsked,
    answer: erased,
    summary: 'Erases a customer for good; orders and points stay, and name nobody any more',
    async write(scope, { actor, params: { id } }, { features }) {
      const customerId = await customerMeant(scope, id);
      await eraseCustomer(scope, features, { customerId, actor });
      return { id: customerId, erased: true as const };
    },
  }),
];
