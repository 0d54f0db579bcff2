import { stringify } from 'csv-stringify/sync';
import type { Contact } from '../commerce/commerce.types.ts';
import { customersByContact } from '../customers/customers.usecases.ts';
import type { Database } from '../db/database.ts';
import { buyersOf } from '../orders/people.usecases.ts';
import { safeCell } from '../shared/csv.ts';
import { notFound } from '../shared/errors.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import type { Features, Scope } from '../shops/scope.ts';
import { findExport, insertExport, listExports, rowsAbout } from './privacy.repository.ts';

type Row = Record<string, unknown>;

/**
 * Answers a customer's data request: everything that is kept about them, as JSON and as CSV (one `table,row,field,value`
 * line a fact), for the merchant to hand over. A stranger gets a file that says so.
 * @returns the customer, if known
 */
export async function answerDataRequest(
  scope: Scope,
  features: Features,
  { requestId, contact, orderIds }: { requestId: string | null; contact: Contact; orderIds: string[] },
): Promise<string | null> {
  const known = await customersByContact(scope, contact);
  const people = known.length === 0 ? await buyersOf(scope, orderIds) : known;
  // A file for each, so that an erasure finds it: nearly always there is one.
  const kind = 'data-request';
  for (const person of people) await writeExport(scope, features, { kind, requestId, person });
  if (people.length === 0) await writeExport(scope, features, { kind, requestId, person: null });
  return people[0] ?? null;
}

/**
 * Makes the same file because the merchant was asked for it directly.
 * @param customerId one who is not merged into another
 */
export async function exportCustomer(
  scope: Scope,
  features: Features,
  { customerId, actor }: { customerId: string; actor: string },
) {
  const id = await writeExport(scope, features, { kind: 'customer-export', requestId: null, person: customerId });
  const after = { export: id };
  await recordAction(scope, { actor, action: 'customer.export', target: customerId, before: null, after });
  return { id, createdAt: scope.now };
}

type Asked = { kind: 'data-request' | 'customer-export'; requestId: string | null; person: string | null };

/** Everything that is kept about one customer, as rows, by the names that the features give them. */
async function everythingAbout(scope: Scope, features: Features, customerId: string): Promise<Record<string, Row[]>> {
  const found: Record<string, Row[]> = {};
  for (const entry of features.flatMap(({ tables = [] }) => tables)) {
    if ('ofNoShop' in entry || !entry.about) continue;
    const { table, about } = entry;
    found[about.as] =
      'read' in about
        ? await about.read(scope, customerId)
        : await rowsAbout(scope, { table, column: about.of, by: about.by }, customerId);
  }
  return found;
}

async function writeExport(scope: Scope, features: Features, { kind, requestId, person }: Asked): Promise<string> {
  const all: Record<string, Row[]> = person === null ? {} : await everythingAbout(scope, features, person);
  const tables = Object.fromEntries(Object.entries(all).map(([name, rows]) => [name, rows.map(withoutInternals)]));
  const document = { shop: scope.shop.domain, requestId, madeAt: new Date(scope.now).toISOString(), tables };
  const id = scope.ids.next();
  await insertExport(scope, {
    id,
    kind,
    requestId,
    customerId: person,
    createdAt: scope.now,
    json: Buffer.from(JSON.stringify(document, null, 2)),
    csv: Buffer.from(stringify(facts(tables), { header: true, columns: ['table', 'row', 'field', 'value'] })),
  });
  return id;
}

const INTERNAL = new Set(['shopId', 'bodyHash', 'saidAt', 'hash', 'inputHash']);

function withoutInternals(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !INTERNAL.has(name)));
}

function facts(tables: Record<string, Row[]>): { table: string; row: number; field: string; value: string }[] {
  return Object.entries(tables).flatMap(([table, rows]) =>
    rows.flatMap((row, index) =>
      Object.entries(row).flatMap(([field, value]) =>
        value === null ? [] : [{ table, row: index + 1, field, value: text(value) }],
      ),
    ),
  );
}

function text(value: unknown): string {
  if (typeof value === 'string') return safeCell(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The files made for a shop's merchant, newest first, without their content. */
export const exportsOf = async ({ db }: { db: Database }, shopId: number) =>
  (await listExports(db.read, shopId)).map(({ id, kind, requestId, customerId, createdAt, jsonBytes, csvBytes }) => ({
    id,
    kind,
    requestId,
    customer: customerId,
    state: 'ready' as const,
    createdAt,
    askedBy: kind === 'data-request' ? ('platform' as const) : ('merchant' as const),
    bytes: { json: Number(jsonBytes), csv: Number(csvBytes) },
  }));

/** One file's content. @throws AppError exports.unknown */
export async function exportFile({ db }: { db: Database }, shopId: number, id: string) {
  const row = await findExport(db.read, shopId, id);
  if (!row?.json || !row.csv) throw notFound('exports.unknown', 'There is no such export.');
  return { json: row.json, csv: row.csv };
}
