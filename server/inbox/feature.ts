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

type Needs = Pick<DrainDeps, 'commerce' | 'applier'> & {
  /** Is told of shops of which deliveries were applied, so that their numbers follow. */
  foldSoon(shopId: number): void;
};

export const inboxFeature: Feature<Needs> = {
  name: 'inbox',
  tables: [{ table: inbox, person: { anonymise: forgetBodies }, shop: 'delete' }],
  topics: {
    inbox: (deps) => ({
      async handle(shopId, enough) {
        const done = await drainInbox(deps, shopId, enough);
        // While deliveries wait, the sweep is often enough: what many of them change is packed once.
        if (done > 0 && !enough()) deps.foldSoon(shopId);
      },
      due: () => shopsWaiting(deps, deps.clock.now()),
    }),
  },
  retention: { bodies: ({ db, clock }) => dropBodies({ db }, clock.now()) },
  metrics: inboxGauges,
};
