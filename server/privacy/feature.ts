import type { Feature } from '../shops/scope.ts';
import { eraseOverdueShops, eraseShops } from './erase.usecases.ts';
import { exports } from './privacy.tables.ts';

export const privacyFeature: Feature = {
  name: 'privacy',
  tables: [{ table: exports, person: { delete: exports.customerId }, shop: 'delete' }],
  retention: {
    shops: (deps) => eraseOverdueShops(deps, deps.clock.now()),
    pieces: eraseShops,
  },
};
