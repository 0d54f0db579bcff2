import { kpis } from '../insights/kpis.usecases.ts';
import { lifecycle } from '../insights/lifecycle.usecases.ts';
import { rfm } from '../insights/rfm.usecases.ts';
import { shopByName } from '../shops/shops.usecases.ts';
import { type Command, needed, oneOf, optional } from './command.ts';

export const kpisCommand: Command = {
  usage: 'kpis --shop D --from YYYY-MM-DD --to YYYY-MM-DD [--window 90] — the numbers of a shop, full precision',
  options: { shop: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, window: { type: 'string' } },
  async run({ core, values }) {
    const shop = await shopByName(core, needed(values, 'shop'));
    const window = optional(values, 'window');
    const numbers = await kpis(core, shop, {
      from: needed(values, 'from'),
      to: needed(values, 'to'),
      ...(window === undefined ? {} : { window: Number(window) }),
    });
    return { json: numbers, text: lines(numbers).join('\n') };
  },
};

export const segmentsRfm: Command = {
  usage: 'segments rfm --shop D --method quantile|ntile [--to YYYY-MM-DD] — customers by score and named segment',
  options: { shop: { type: 'string' }, method: { type: 'string' }, to: { type: 'string' } },
  async run({ core, values }) {
    const shop = await shopByName(core, needed(values, 'shop'));
    const method = oneOf(values, 'method', ['quantile', 'ntile']);
    const to = optional(values, 'to');
    const result = await rfm(core, shop, { method, ...(to === undefined ? {} : { to }) });
    return { json: result, text: lines(result).join('\n') };
  },
};

export const segmentsLifecycle: Command = {
  usage: 'segments lifecycle --shop D — customers by stage of their life, by the shop’s own gaps between orders',
  options: { shop: { type: 'string' } },
  async run({ core, values }) {
    const result = await lifecycle(core, await shopByName(core, needed(values, 'shop')));
    return { json: result, text: lines(result).join('\n') };
  },
};

/** One line a number; what is inside another number is indented. */
function lines(of: object, indent = ''): string[] {
  return Object.entries(of).flatMap(([name, value]) => {
    if (Array.isArray(value) && typeof value[0] === 'object') {
      return [`${indent}${name}`, ...value.map((row: object) => `${indent}  ${Object.values(row).join(' ')}`)];
    }
    if (Array.isArray(value)) return [`${indent}${name.padEnd(34)} ${value.join(' ')}`];
    if (value === null || typeof value !== 'object') return [`${indent}${name.padEnd(34)} ${value ?? '–'}`];
    return [`${indent}${name}`, ...lines(value, `${indent}  `)];
  });
}
