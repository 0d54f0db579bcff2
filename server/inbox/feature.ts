import type { Feature } from '../shops/scope.ts';
import { type DrainDeps, drainInbox } from './drain.usecases.ts';
import { forgetBodies } from './forget.usecases.ts';
import { inboxGauges } from './gauges.ts';
import { inbox } from './inbox.tables.ts';
import { shopsWaiting } from './replay.usecases.ts';
import { dropBodies } from './retention.usecases.ts';

declare module '../features/topics.types.ts' {
  interface Topics {
    inbox: true;
  }
}

export const inboxFeature: Feature<Pick<DrainDeps, 'commerce' | 'applier'>> = {
  name: 'inbox',
  tables: [{ table: inbox, person: { anonymise: forgetBodies }, shop: 'delete' }],
  topics: {
    inbox: (deps) => ({
      handle: (shopId, enough) => drainInbox(deps, shopId, enough),
      due: () => shopsWaiting(deps, deps.clock.now()),
    }),
  },
  retention: { bodies: ({ db, clock }) => dropBodies({ db }, clock.now()) },
  metrics: inboxGauges,
};
