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

/** `onApplied` is told of shops of which deliveries were applied, and none waits. */
type Needs = Pick<DrainDeps, 'commerce' | 'applier'> & { onApplied?: (shopId: number) => void };

export const inboxFeature: Feature<Needs> = {
  name: 'inbox',
  tables: [{ table: inbox, person: { anonymise: forgetBodies }, shop: 'delete' }],
  topics: {
    inbox: (deps) => ({
      async handle(shopId, enough) {
        const done = await drainInbox(deps, shopId, enough);
        if (done > 0 && !enough()) deps.onApplied?.(shopId);
      },
      due: () => shopsWaiting(deps, deps.clock.now()),
    }),
  },
  retention: { bodies: ({ db, clock }) => dropBodies({ db }, clock.now()) },
  metrics: inboxGauges,
};
