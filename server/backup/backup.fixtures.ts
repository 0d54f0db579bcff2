import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { addNote } from '../customers/notes.usecases.ts';
import { dump, rowsOf } from '../db/testing.tables.ts';
import { testShop, type World } from '../db/testing.ts';
import { deliver, orderBody, store } from '../inbox/deliveries.fixtures.ts';
import { foldShop } from '../insights/fold.usecases.ts';
import { reservePoints } from '../points/spend.usecases.ts';
import { recordImport } from '../shops/imports.usecases.ts';
import { insertRows } from './backup.repository.ts';
import type { Column, Row, TableFacts } from './backup.types.ts';

/** Text that has been somebody's trouble before: line ends that are none, quotes, right to left, formulas. */
export const AWKWARD = '=2+3, "نگین" \u2028 line\r\nend; \u200cمی‌خواهم';

/** For tests only: a shop in which something stands in nearly every table. */
async function fillShop(world: World, domain: string): Promise<number> {
  const shop = await testShop(world, { domain, webhookSecret: `secret of ${domain}` });
  const customer = { id: 501, email: 'ada@example.test', phone: '+12025550123', first_name: AWKWARD };
  const at = { created_at: '2025-03-01T09:00:00Z', updated_at: '2025-03-01T09:00:00Z' };
  const refund = {
    id: 31,
    created_at: '2025-03-02T00:00:00Z',
    refund_line_items: [],
    transactions: [{ kind: 'refund', status: 'success', amount: '1.00', currency: 'USD' }],
  };
  await deliver(
    ...([world, shop] as const),
    ['orders/create', orderBody({ customer: { ...customer, ...at }, refunds: [refund] })],
    ['orders/create', orderBody({ id: 7002, name: '#1002', created_at: '2025-04-01T10:00:00Z' })],
    ['products/create', { id: 900, title: AWKWARD, ...at }],
    ['checkouts/create', { token: 'cart-1', email: 'ada@example.test', currency: 'USD', total_price: '1.00', ...at }],
    [
      'customers_email_marketing_consent/update',
      {
        customer_id: 501,
        email_address: 'ada@example.test',
        email_marketing_consent: { state: 'subscribed', consent_updated_at: '2025-03-01T00:00:00Z' },
      },
    ],
    [
      'customer.tags_added',
      { customerId: 'gid://shopify/Customer/501', tags: ['+tag'], occurredAt: '2025-03-01T00:00:00Z' },
    ],
    ['customers/data_request', { customer: { id: 501 } }],
    ['orders/create', Buffer.from([0, 255, 10, 13])],
  );
  await store(world, shop, [['orders/create', { waits: true }]]);
  const [person] = await rowsOf(world, shop, 'customers');
  await world.inShop(shop, async (scope) => {
    await recordImport(scope, `import of ${domain}`, { file: AWKWARD, format: 'simple-csv', earns: false });
    const note = { kind: 'call' as const, text: AWKWARD };
    await addNote(scope, { customerId: String(person?.id), note, actor: 'test' });
    await reservePoints(scope, { id: `spend in ${domain}`, customerId: String(person?.id), amount: 10 });
  });
  return shop;
}

const MADE_UP: Record<Column['kind'], (n: number) => unknown> = {
  text: (n) => `${n} ${AWKWARD}`,
  bytes: (n) => Buffer.from([n, 0, 255]),
  whole: (n) => Number.MAX_SAFE_INTEGER - n,
  flag: (n) => n % 2 === 0,
  json: (n) => ({ list: [n, null, AWKWARD] }),
};

/** Rows of a table of one shop that hold something in every column; the second only in those that must. */
export const madeUpRows = ({ columns, shopField }: TableFacts, shop: number, count: number): Row[] =>
  Array.from({ length: count }, (_, n) =>
    Object.fromEntries(
      columns.map(({ field, kind, nullable }) => {
        if (field === shopField) return [field, shop];
        return [field, nullable && n === 1 ? null : MADE_UP[kind](n)];
      }),
    ),
  );

/** Several shops with the same customers and orders in each; what nothing of that fills holds made-up rows. */
export async function fillWorld(world: World): Promise<number[]> {
  const shops: number[] = [];
  for (const domain of ['a.example.test', 'b.example.test', 'c.example.test']) {
    const shop = await fillShop(world, domain);
    await foldShop(world, shop, world.clock.now());
    shops.push(shop);
  }
  const filled = await dump(world);
  for (const table of world.catalogue.tables) {
    if ((filled[table.name] ?? []).length > 0) continue;
    // One in each of two shops: some tables have one row a shop.
    const rows = [madeUpRows(table, shops[0] ?? 0, 1)[0] ?? {}, madeUpRows(table, shops[1] ?? 0, 2)[1] ?? {}];
    await world.db.transaction((tx) => insertRows(tx, table.name, rows));
  }
  return shops;
}

/** The lines of a backup, as text. */
export const linesIn = (file: string): string[] =>
  gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');

/** Writes lines as a backup, whatever they say. */
export const writeLines = (file: string, lines: string[]): void =>
  writeFileSync(file, gzipSync(Buffer.from(`${lines.join('\n')}\n`)));
