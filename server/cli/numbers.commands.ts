import { kpis } from '../insights/kpis.usecases.ts';
import { shopByName } from '../shops/shops.usecases.ts';
import { type Command, needed } from './command.ts';

export const kpisCommand: Command = {
  usage: 'kpis --shop D --from YYYY-MM-DD --to YYYY-MM-DD [--window 90] — the numbers of a shop, full precision',
  options: { shop: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, window: { type: 'string' } },
  async run({ core, values }) {
    const shop = await shopByName(core, needed(values, 'shop'));
    const numbers = await kpis(core, shop, { from: needed(values, 'from'), to: needed(values, 'to') });
    const lines = Object.entries(numbers).map(([name, value]) => `${name.padEnd(22)} ${value ?? '–'}`);
    return { json: numbers, text: lines.join('\n') };
  },
};
