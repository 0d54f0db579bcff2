import type { Feature } from '../shops/scope.ts';
import { effects } from './effects.tables.ts';
import { forgetEffectsAbout } from './effects.usecases.ts';
import { effectsGauges } from './gauges.ts';
import { distrustEffects, forgetEffects, shopsToPerform } from './manage.usecases.ts';
import type { Effects } from './perform.usecases.ts';

declare module '../features/topics.types.ts' {
  interface Topics {
    effects: true;
  }
}

export const effectsFeature: Feature<{ effects: Pick<Effects, 'drain'> }> = {
  name: 'effects',
  tables: [
    {
      table: effects,
      person: { anonymise: forgetEffectsAbout },
      shop: 'delete',
      about: { as: 'effects', of: effects.customerId },
    },
  ],
  topics: {
    effects: (deps) => ({
      handle: (shopId, enough, stopping) => deps.effects.drain(shopId, enough, stopping),
      due: () => shopsToPerform(deps, deps.clock.now()),
    }),
  },
  retention: { effects: ({ db, clock }) => forgetEffects({ db }, clock.now()) },
  metrics: effectsGauges,
  afterRestore: distrustEffects,
};
