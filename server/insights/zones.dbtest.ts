import { afterEach, beforeEach, expect, test } from 'vitest';
import { testWorld, type World } from '../db/testing.ts';
import { applyChanges } from '../intake/apply.usecases.ts';
import { DAY, HOUR, program, START } from '../points/points.fixtures.ts';
import { deliver, newShop, person, rowsOf, version } from '../points/world.fixtures.ts';
import { everyNumber, spoilNumbers } from './insights.fixtures.ts';
import { customerStats, insightPoints } from './insights.tables.ts';
import { rebuildNumbers } from './rebuild.usecases.ts';

let world: World;

beforeEach(async () => {
  world = await testWorld(START);
});
afterEach(() => world.close());

test('points whose day another time zone moves are counted anew, so that a rebuild gives the same rows', async () => {
  const rules = program([{ id: 'welcome', type: 'signup', points: 50, holdDays: 10 }]);
  const shopId = await newShop(world, { rules });
  const account = person({ platformId: '101', registeredAt: START + 20 * HOUR });
  await world.inShop(shopId, (scope) => deliver(scope, { kind: 'account', account, version: version(START) }));
  await everyNumber(world, shopId);
  world.clock.set(START + DAY);
  await world.inShop(shopId, (scope) =>
    applyChanges(scope, [
      {
        kind: 'shop',
        at: START + DAY,
        timeZone: 'Asia/Tokyo',
        name: null,
        currency: null,
        locale: null,
        country: null,
      },
    ]),
  );
  const rows = async () => [await rowsOf(world, shopId, insightPoints), await rowsOf(world, shopId, customerStats)];
  await everyNumber(world, shopId);
  const kept = await rows();
  await spoilNumbers(world, shopId);
  await rebuildNumbers(world, shopId, START + DAY);
  expect(kept).toEqual(await rows());
});
