import type { Feature } from '../shops/scope.ts';
import { archives } from './archives.tables.ts';
import { forgetArchives, recallArchives } from './archives.usecases.ts';
import { type ArchiveDeps, makeArchives, shopsToArchive } from './make-archives.usecases.ts';

declare module '../features/topics.types.ts' {
  interface Topics {
    archives: true;
  }
}

export const archivesFeature: Feature<Pick<ArchiveDeps, 'catalogue'>> = {
  name: 'archives',
  tables: [{ table: archives, person: { anonymise: recallArchives }, shop: 'delete' }],
  topics: {
    archives: (deps) => ({
      handle: (shopId, _enough, stopping) => makeArchives(deps, shopId, stopping),
      due: () => shopsToArchive(deps, deps.clock.now()),
    }),
  },
  retention: { archives: ({ db, clock }) => forgetArchives({ db }, clock.now()) },
};
