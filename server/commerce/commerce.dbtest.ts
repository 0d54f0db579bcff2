import { expect, test } from 'vitest';
import { commerceBattery, outcome, wholeStory } from './commerce.contract.ts';
import { openFront } from './commerce.fixtures.ts';

for (const platform of ['shopify', 'woocommerce'] as const)
  commerceBattery(platform, { open: () => openFront(platform) });

type Way = 'live' | 'read afterwards';

/** The same purchases, by webhooks as they happen, or all of them read as history. */
async function lived(platform: 'shopify' | 'woocommerce', way: Way) {
  const front = await openFront(platform);
  try {
    if (way !== 'live') front.road.take('kept');
    await wholeStory(front);
    front.road.take('open');
    if (way === 'live') await front.heal();
    else await front.readAll();
    return await outcome(front);
  } finally {
    await front.close();
  }
}

test('equal histories have equal points, tiers and numbers, on both platforms, live and read as history', async () => {
  const live = await lived('shopify', 'live');
  expect(Object.keys(live.people)).toHaveLength(5);
  expect(await lived('woocommerce', 'live')).toEqual(live);
  expect(await lived('shopify', 'read afterwards')).toEqual(live);
  expect(await lived('woocommerce', 'read afterwards')).toEqual(live);
});
