import type { Feature } from '../shops/scope.ts';
import { importRuns } from './runs.tables.ts';
import { forgetRuns } from './runs.usecases.ts';
import { shopsToImport, workImports } from './work.usecases.ts';

declare module '../features/topics.types.ts' {
  interface Topics {
    imports: true;
  }
}

export const importsFeature: Feature = {
  name: 'imports',
  tables: [
    {
      table: importRuns,
      person: { keep: 'it counts the rows of a file, and says why some were refused without their content' },
      shop: 'delete',
    },
  ],
  topics: {
    imports: (deps) => ({
      handle: (shopId, _enough, stopping) => workImports(deps, shopId, stopping),
      due: () => shopsToImport(deps, deps.clock.now()),
    }),
  },
  retention: { runs: ({ db, clock }) => forgetRuns({ db }, clock.now()) },
};
