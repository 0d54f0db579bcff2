import { importQuery, importsView, importView } from '../contracts/activity.ts';
import { idParams, noQuery } from '../contracts/common.ts';
import { dropFile } from '../files/files.usecases.ts';
import { receiveFile } from '../imports/receive.usecases.ts';
import { beginRun, cancelRun, dropEndedFile, importsOf, refuseWhileRunning } from '../imports/runs.usecases.ts';
import { type Endpoint, reads, takes, writes } from './endpoint.ts';

/** Files of the merchant's: past orders in. */
export const filesRoutes: Endpoint[] = [
  takes({
    path: '/imports',
    scope: 'write',
    query: importQuery,
    answer: importView,
    status: 202,
    types: ['text/csv', 'application/gzip', 'application/octet-stream'],
    summary: 'Brings past orders in, or with `dryRun` tries it: the file is the body, CSV or CSV.gz of at most 200 MB',
    async take(deps, { shop, actor, query: { file, format, earn, dryRun }, chunks, once }) {
      await refuseWhileRunning(deps.db.read, shop.id);
      const asked = { file, format, earns: earn === 'true', dryRun: dryRun === 'true' };
      const received = await receiveFile(deps, shop, asked, chunks);
      let begun: string | null = null;
      try {
        const answer = await once(received.digest, (scope) => beginRun(scope, received, actor));
        begun = answer.id;
        return answer;
      } finally {
        // Refused, or known by its Idempotency-Key: nobody will read it.
        if (begun !== received.id) await dropFile(deps, { shopId: shop.id, fileId: received.id });
      }
    },
    after: async ({ jobs }, { shop }) => jobs.wake('imports', shop.id),
  }),
  reads({
    method: 'get',
    path: '/imports',
    scope: 'read',
    query: noQuery,
    answer: importsView,
    summary: 'Files that were brought in, newest first, with how far they are',
    read: async ({ db }, { shop }) => ({ items: await importsOf({ db }, shop.id) }),
  }),
  writes({
    method: 'post',
    path: '/imports/:id/cancel',
    scope: 'write',
    params: idParams,
    answer: importView,
    summary: 'Ends an import; what it brought in so far stays',
    write: (scope, { actor, params: { id } }) => cancelRun(scope, id, actor),
    after: ({ db }, { shop, answer }) => dropEndedFile({ db }, shop.id, answer.id),
  }),
];
