import { basename } from 'node:path';
import { importOrders } from '../imports/imports.usecases.ts';
import { replayOrders } from '../imports/replay.ts';
import { beginImport } from '../orders/import.usecases.ts';
import { webhookSecretOf } from '../shops/directory.usecases.ts';
import { shopByName } from '../shops/shops.usecases.ts';
import { type Command, needed, number, oneOf, wrongUse } from './command.ts';
import { progressBar } from './progress.ts';

const FORMATS = ['shopify-csv', 'woocommerce-csv', 'simple-csv'] as const;

export const importOrdersCommand: Command = {
  usage:
    'import orders FILE --shop D --format shopify-csv|woocommerce-csv|simple-csv [--earn] [--dry-run] — bring past orders in; again adds nothing',
  options: {
    shop: { type: 'string' },
    format: { type: 'string' },
    earn: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  async run({ core, values, words }) {
    const [file] = words;
    if (file === undefined) throw wrongUse('the file is missing: import orders FILE');
    const format = oneOf(values, 'format', FORMATS);
    const shop = await shopByName(core, needed(values, 'shop'));
    const earns = values.earn === true;
    const dryRun = values['dry-run'] === true;
    const none = async () => ({ created: 0, unchanged: 0 });
    const record = dryRun ? none : await beginImport(core, shop.id, { file: basename(file), format, earns });
    const bar = progressBar('Importing');
    try {
      const report = await importOrders(
        { shop, record },
        { file, format, earns, dryRun, onProgress: (at) => bar.update(at.bytes, at.totalBytes, `${at.rows} rows`) },
      );
      bar.stop();
      const refusals = report.refusals.map(({ line, reason }) => `line ${line}: ${reason}`);
      const sum = `${report.rows} rows, ${report.orders} orders: ${report.created} new, ${report.unchanged} known already, ${report.refused} refused, in ${report.seconds} s`;
      return { json: report, text: [...refusals, sum].join('\n'), code: report.refused > 0 ? 1 : 0 };
    } finally {
      bar.stop();
    }
  },
};

export const replay: Command = {
  usage:
    'replay FILE --shop D --url U [--rate N] [--duplicate P] [--shuffle W] [--seed N] — send the orders of a file as signed webhooks to a running app',
  options: {
    shop: { type: 'string' },
    url: { type: 'string' },
    rate: { type: 'string' },
    duplicate: { type: 'string' },
    shuffle: { type: 'string' },
    seed: { type: 'string' },
  },
  async run({ core, values, words }) {
    const [file] = words;
    if (file === undefined) throw wrongUse('the file is missing: replay FILE');
    const shop = await shopByName(core, needed(values, 'shop'));
    const secret = (await webhookSecretOf(core, shop.id)) ?? core.config.shopify?.apiSecret;
    if (secret === undefined) throw wrongUse('no secret to sign with: set SHOPIFY_API_SECRET or give the shop its own');
    const bar = progressBar('Sending');
    try {
      const report = await replayOrders({
        file,
        platform: shop.platform,
        domain: shop.domain,
        secret,
        clock: core.clock,
        shopCurrency: shop.currency,
        timeZone: shop.timeZone,
        country: shop.country,
        url: needed(values, 'url'),
        ...limits(values),
        onProgress: (at) => bar.update(at.bytes, at.totalBytes, `${at.rows} rows`),
      });
      bar.stop();
      const text = `${report.sent} sent (${report.duplicates} twice on purpose): ${report.accepted} accepted, ${report.refused} refused, ${report.perSecond}/s, p50 ${report.p50Ms} ms, p99 ${report.p99Ms} ms`;
      return { json: report, text, code: report.refused > 0 ? 1 : 0 };
    } finally {
      bar.stop();
    }
  },
};

/** Only what was given: an option left out keeps its default. */
function limits(values: Record<string, string | boolean | undefined>) {
  const given = {
    rate: number(values, 'rate', { min: 0.1, max: 1_000_000 }),
    duplicate: number(values, 'duplicate', { min: 0, max: 1 }),
    shuffle: number(values, 'shuffle', { min: 1, max: 100_000 }),
    seed: number(values, 'seed', { min: 0, max: Number.MAX_SAFE_INTEGER }),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
