import type { Feature } from '../shops/scope.ts';
import { apiIdempotency, apiKeys } from './api.tables.ts';
import { archivesRoutes } from './archives.routes.ts';
import { backgroundRoutes } from './background.routes.ts';
import { customersRoutes } from './customers.routes.ts';
import { effectsRoutes } from './effects.routes.ts';
import type { Endpoint } from './endpoint.ts';
import { filesRoutes } from './files.routes.ts';
import { keysRoutes } from './keys.routes.ts';
import { numbersRoutes } from './numbers.routes.ts';
import { peopleRoutes } from './people.routes.ts';
import { programRoutes } from './program.routes.ts';
import { shopRoutes } from './shop.routes.ts';
import { forgetAnswers, forgetAnswersAbout } from './write.usecases.ts';

export const apiFeature: Feature<unknown, Endpoint> = {
  name: 'api',
  tables: [
    { table: apiKeys, person: { keep: 'keys are the merchant’s' }, shop: 'delete' },
    { table: apiIdempotency, person: { anonymise: forgetAnswersAbout }, shop: 'delete' },
  ],
  retention: { answers: ({ db, clock }) => forgetAnswers({ db }, clock.now()) },
  endpoints: [
    ...numbersRoutes,
    ...customersRoutes,
    ...peopleRoutes,
    ...programRoutes,
    ...shopRoutes,
    ...backgroundRoutes,
    ...effectsRoutes,
    ...filesRoutes,
    ...archivesRoutes,
    ...keysRoutes,
  ],
};
