import { expect, test } from 'vitest';
import { commerceBattery, outcome, wholeStory } from './commerce.contract.ts';
import { type Front, openFront } from './commerce.fixtures.ts';

const platforms = ['shopify', 'woocommerce'] as const;
type Platform = (typeof platforms)[number];

for (const platform of platforms) commerceBattery(platform, { open: () => openFront(platform) });

/** Each platform has a name of its own for the shop on its web site, `web` or `store-api`: numbers by channel go by it. */
const NAME = { shopify: 'web', woocommerce: 'store-api' };

/** The same purchases, told by webhooks as they happen, or all of them read as history by an app that heard nothing. */
async function lived(platform: Platform, way: 'live' | 'read afterwards') {
  const front: Front = await openFront(platform);
  try {
    if (way !== 'live') front.road.take('kept');
    await wholeStory(front);
    front.road.take('open');
    if (way === 'live') await front.heal();
    else await front.readAll();
    const { people, kpis } = await outcome(front);
    const { [NAME[platform]]: shop, ...others } = kpis.sources;
    return { people, kpis: { ...kpis, sources: { shop, ...others } } };
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
}, 30_000);
