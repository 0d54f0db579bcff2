import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportFile, exportsOf } from '../privacy/export.usecases.ts';
import { shopByName } from '../shops/shops.usecases.ts';
import { type Command, needed, optional } from './command.ts';

export const privacyExports: Command = {
  usage:
    "privacy exports --shop D [--out DIR] — answers to customers' data requests; --out writes them as JSON and CSV",
  options: { shop: { type: 'string' }, out: { type: 'string' } },
  async run({ core, values }) {
    const shop = await shopByName(core, needed(values, 'shop'));
    const list = await exportsOf(core, shop.id);
    const folder = optional(values, 'out');
    for (const { id } of folder === undefined ? [] : list) {
      const file = await exportFile(core, shop.id, id);
      mkdirSync(folder ?? '.', { recursive: true });
      for (const kind of ['json', 'csv'] as const) {
        writeFileSync(join(folder ?? '.', `${id}.${kind}`), file[kind], { mode: 0o600 });
      }
    }
    const lines = list.map(({ id, requestId }) => `${id}\trequest ${requestId ?? '–'}`);
    return { json: { exports: list }, text: lines.join('\n') || 'No data requests so far.' };
  },
};
