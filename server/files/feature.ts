import type { Database } from '../db/database.ts';
import type { FeatureIn, ScopeBase } from '../features/feature.types.ts';
import type { Clock } from '../shared/clock.ts';
import { filePieces } from './files.tables.ts';
import { dropOldFiles } from './files.usecases.ts';

export const filesFeature: FeatureIn<ScopeBase, { db: Database; clock: Clock }> = {
  name: 'files',
  tables: [
    {
      table: filePieces,
      person: {
        keep: 'what the merchant brought is theirs and goes with its import, within a day; what was packed for them is recalled by its archive',
      },
      shop: { delete: filePieces.piece },
    },
  ],
  retention: { files: ({ db, clock }) => dropOldFiles({ db }, clock.now()) },
};
