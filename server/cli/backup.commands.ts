import { exportShop } from '../archives/export.usecases.ts';
import { backup as writeBackup } from '../backup/backup.usecases.ts';
import { restore as readBackup } from '../backup/restore.usecases.ts';
import { shopByName } from '../shops/shops.usecases.ts';
import { type Command, needed, wrongUse } from './command.ts';
import { progressBar } from './progress.ts';

export const backup: Command = {
  usage: 'backup --out FILE — everything in one file that restores into SQLite or PostgreSQL, while the app runs',
  options: { out: { type: 'string' } },
  async run({ core, values }) {
    const bar = progressBar('Backing up');
    try {
      const file = needed(values, 'out');
      const report = await writeBackup(core, file, (rows, total) => bar.update(rows, total, `${rows} rows`));
      bar.stop();
      const size = (report.bytes / 1_048_576).toFixed(1);
      return { json: report, text: `${report.file}: ${report.rows} rows, ${size} MB. Keep the encryption keys apart.` };
    } finally {
      bar.stop();
    }
  },
};

const UNSEALED =
  'The key that sealed this backup is not here: damage would have been noticed, forgery not. Stored secrets open only with it.';

export const restore: Command = {
  usage: 'restore FILE [--sealed] — a backup into an empty database; --sealed: only one that a key of ours sealed',
  options: { sealed: { type: 'boolean' } },
  asItIs: true,
  async run({ core, values, words }) {
    const [file] = words;
    if (file === undefined) throw wrongUse('the file is missing: restore FILE');
    const bar = progressBar('Restoring');
    try {
      const report = await readBackup(core, file, {
        needSeal: values.sealed === true,
        after: core.features.flatMap(({ afterRestore }) => afterRestore ?? []),
        onProgress: (bytes, total, rows) => bar.update(bytes, total, `${rows} rows`),
      });
      bar.stop();
      const made = new Date(report.madeAt).toISOString();
      const lines = [`${report.rows} rows restored, as they were at ${made}`, ...(report.sealed ? [] : [UNSEALED])];
      return { json: report, text: lines.join('\n') };
    } finally {
      bar.stop();
    }
  },
};

export const exportCommand: Command = {
  usage: 'export --shop D --out DIR — everything of one shop as CSV and JSON, into an empty folder',
  options: { shop: { type: 'string' }, out: { type: 'string' } },
  async run({ core, values }) {
    const folder = needed(values, 'out');
    const shop = await shopByName(core, needed(values, 'shop'));
    const bar = progressBar('Exporting');
    try {
      const manifest = await exportShop(core, shop, folder, (rows, total) => bar.update(rows, total, `${rows} rows`));
      bar.stop();
      const tables = Object.entries(manifest.tables).map(([name, { rows }]) => `${name}\t${rows}`);
      return { json: { folder, ...manifest }, text: [...tables, `${manifest.rows} rows in ${folder}`].join('\n') };
    } finally {
      bar.stop();
    }
  },
};
