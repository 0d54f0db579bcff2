import type { World } from '../db/testing.ts';
import { allStats, deleteChunk, deletePointsDays, listRevisions, putStats } from './insights.repository.ts';
import { kpis } from './kpis.usecases.ts';

/** For tests only: every number of a shop over all of its time. */
export const everyNumber = async (world: World, shopId: number, window = 365) =>
  kpis(world, await world.inShop(shopId, async ({ shop }) => shop), { from: '1990-01-01', to: '2100-12-31', window });

/** For tests only: spoils all that a rebuild has to make again; places stay, as they are given once. */
export const spoilNumbers = (world: World, shopId: number): Promise<void> =>
  world.inShop(shopId, async (scope) => {
    const wrong = { orders: 77, revenue: -1, firstDay: null, lastDay: '1999-01-01', points: '2020-01-01 1 2 3 4 5' };
    for (const row of await allStats(scope.tx, shopId)) await putStats(scope, { ...row, ...wrong });
    for (const { chunk } of await listRevisions(scope.tx, shopId)) await deleteChunk(scope, chunk);
    await deletePointsDays(scope);
  });
