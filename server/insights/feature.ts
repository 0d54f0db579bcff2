import type { Feature } from '../shops/scope.ts';
import { foldShop, shopsToFold } from './fold.usecases.ts';
import {
  customerStats,
  insightChannels,
  insightChunks,
  insightDirty,
  insightPoints,
  insightVersions,
  shopEconomics,
} from './insights.tables.ts';
import { recountCustomers } from './insights.usecases.ts';

declare module '../features/topics.types.ts' {
  interface Topics {
    insights: true;
  }
}

const SUMS = { keep: 'sums of the shop, which name nobody' };
const NAMELESS = { keep: 'sums by an opaque id, as the orders that they are made of' };

export const insightsFeature: Feature = {
  name: 'insights',
  tables: [
    {
      table: customerStats,
      person: NAMELESS,
      shop: 'delete',
      about: { as: 'numbers', of: customerStats.customerId },
    },
    { table: insightDirty, person: NAMELESS, shop: 'delete' },
    { table: insightChunks, person: NAMELESS, shop: 'delete' },
    { table: insightChannels, person: SUMS, shop: 'delete' },
    { table: insightPoints, person: SUMS, shop: 'delete' },
    { table: insightVersions, person: SUMS, shop: 'delete' },
    { table: shopEconomics, person: { keep: 'what the merchant says of the shop' }, shop: 'delete' },
  ],
  person: { merge: (scope, { kept, gone }) => recountCustomers(scope, [kept, gone]) },
  topics: {
    insights: (deps) => ({
      handle: (shopId, enough) => foldShop(deps, shopId, deps.clock.now(), enough),
      due: () => shopsToFold(deps.db),
    }),
  },
};
