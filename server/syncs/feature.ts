import type { Feature } from '../shops/scope.ts';
import { shopsList } from '../shops/shops.usecases.ts';
import { askHourly, askNightly, type Reading, shopsToRead, syncShop } from './run.usecases.ts';
import { orderRereads, shopSyncs } from './syncs.tables.ts';

declare module '../features/topics.types.ts' {
  interface Topics {
    platform: true;
  }
}

/** `reading` is null where nothing is read from platforms; `wakePlatform`: a shop has something to be read. */
type Needs = { reading: Reading | null; wakePlatform: (shopId: number) => void };

/** Asks in every shop for what is to be looked at now. @returns how many shops */
async function look(reading: Reading, wake: Needs['wakePlatform'], ask: typeof askNightly): Promise<number> {
  let shops = 0;
  for (const { id } of await shopsList(reading)) {
    if (!(await ask(reading, id))) continue;
    wake(id);
    shops += 1;
  }
  return shops;
}

export const syncsFeature: Feature<Needs> = {
  name: 'syncs',
  tables: [
    { table: shopSyncs, person: { keep: 'it says how far a reading is' }, shop: 'delete' },
    { table: orderRereads, person: { keep: 'it names orders' }, shop: 'delete' },
  ],
  topics: {
    // What is read from the platforms; nothing where none is configured.
    platform: ({ reading }) => ({
      handle: async (shopId, enough) => reading && syncShop(reading, shopId, enough),
      due: async () => (reading ? shopsToRead(reading) : []),
    }),
  },
  schedule: ({ reading, wakePlatform }) =>
    reading
      ? [
          // What webhooks missed is looked for each night, the webhooks themselves are looked at more often.
          { name: 'reconcile', cron: '40 2 * * *', work: () => look(reading, wakePlatform, askNightly) },
          { name: 'webhooks', cron: '10 * * * *', work: () => look(reading, wakePlatform, askHourly) },
        ]
      : [],
};
