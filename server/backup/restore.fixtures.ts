import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS } from '../db/migrations.ts';

type Journal = { entries: { idx: number; when: number; tag: string; version: string; breakpoints: boolean }[] };
type Snapshot = { tables: Record<string, { name: string; columns: Record<string, object> }> };

const json = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** For tests only: the app's migrations with one more, which adds a column to the customers and a table of totals. */
export function laterMigrations(statements: string[]): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'bazgasht-migrations-'));
  cpSync(MIGRATIONS, folder, { recursive: true });
  for (const kind of ['sqlite', 'postgres']) {
    const meta = join(folder, kind, 'meta');
    const journal = json<Journal>(join(meta, '_journal.json'));
    const [last] = journal.entries.slice(-1);
    if (!last) throw new Error('There are no migrations.');
    const number = (idx: number) => String(idx).padStart(4, '0');
    const tag = `${number(last.idx + 1)}_later`;
    journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1000, tag });
    writeFileSync(join(meta, '_journal.json'), JSON.stringify(journal));
    writeFileSync(join(folder, kind, `${tag}.sql`), statements.join('--> statement-breakpoint\n'));
    const snapshot = json<Snapshot>(join(meta, `${number(last.idx)}_snapshot.json`));
    const column = (name: string, type: string) => ({ name, type, primaryKey: false, notNull: false });
    for (const table of Object.values(snapshot.tables)) {
      if (table.name === 'customers') table.columns.later = column('later', 'text');
    }
    const columns = {
      shop_id: { ...column('shop_id', 'bigint'), primaryKey: true },
      orders: column('orders', 'bigint'),
    };
    const totals = { name: 'later_totals', columns, compositePrimaryKeys: {} };
    snapshot.tables.later_totals = totals;
    writeFileSync(join(meta, `${number(last.idx + 1)}_snapshot.json`), JSON.stringify(snapshot));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** What the later migration does: to rows that are there already, as migrations of real installs have to. */
export const LATER = [
  'ALTER TABLE "customers" ADD COLUMN "later" text;',
  `UPDATE "customers" SET "later" = 'kept';`,
  'CREATE TABLE "later_totals" ("shop_id" bigint PRIMARY KEY NOT NULL, "orders" bigint NOT NULL);',
  'INSERT INTO "later_totals" SELECT "shop_id", count(*) FROM "orders" GROUP BY "shop_id";',
];
