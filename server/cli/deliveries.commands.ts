import { deliveriesIn, replayDelivery } from '../inbox/replay.usecases.ts';
import { shopByName } from '../shops/shops.usecases.ts';
import { type Command, needed, wrongUse } from './command.ts';

export const deliveries: Command = {
  usage: 'deliveries --shop D — parked deliveries, each with the reason',
  options: { shop: { type: 'string' } },
  async run({ core, values }) {
    const shop = await shopByName(core, needed(values, 'shop'));
    const parked = await deliveriesIn(core, shop.id, 'parked');
    const lines = parked.map(({ id, topic, reason }) => `${id}\t${topic}\t${reason}`);
    return { json: { deliveries: parked }, text: lines.join('\n') || 'Nothing is parked.' };
  },
};

export const deliveriesReplay: Command = {
  usage: 'deliveries replay ID --shop D — apply a parked delivery again',
  options: { shop: { type: 'string' } },
  async run({ core, values, words }) {
    const [id] = words;
    if (id === undefined) throw wrongUse('the id is missing: deliveries replay ID');
    const shop = await shopByName(core, needed(values, 'shop'));
    await replayDelivery(core, shop.id, id, core.clock.now());
    return { json: { id, state: 'pending' }, text: `${id} will be applied again by the running app within a minute` };
  },
};
