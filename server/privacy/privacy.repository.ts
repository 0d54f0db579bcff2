import { and, asc, desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { AppColumn, AppTable } from '../db/catalogue.ts';
import type { Tx } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import { exports } from './privacy.tables.ts';

type Row = Record<string, unknown>;

/** Whose rows a table's are. */
function ownerOf(table: AppTable): AppColumn {
  const { shopId } = getTableColumns(table) as Record<string, AppColumn>;
  if (!shopId) throw new Error('Rows of no shop are deleted with none.');
  return shopId;
}

/** Deletes the rows of a table of a shop's for up to `limit` values of a column. @returns for how many they were deleted */
export async function deletePiece(
  tx: Tx,
  shop: number,
  { table, column }: { table: AppTable; column: AppColumn },
  limit: number,
): Promise<number> {
  const mine = eq(ownerOf(table), shop);
  const piece = await tx.selectDistinct({ key: column }).from(table).where(mine).orderBy(asc(column)).limit(limit);
  const keys = piece.map(({ key }) => key as string);
  if (keys.length > 0) await tx.delete(table).where(and(mine, inArray(column, keys)));
  return keys.length;
}

/** Whether a table has any row of a shop. */
export async function hasRows(db: Tx, shop: number, table: AppTable): Promise<boolean> {
  const found = await db
    .select({ one: sql`1` })
    .from(table)
    .where(eq(ownerOf(table), shop))
    .limit(1);
  return found.length > 0;
}

/** Deletes the rows in which a column names one of some customers. */
export async function deleteRowsOf(
  { tx, shop }: Scope,
  { table, column }: { table: AppTable; column: AppColumn },
  customers: readonly string[],
): Promise<void> {
  await tx.delete(table).where(and(eq(ownerOf(table), shop.id), inArray(column, [...customers])));
}

/** The rows in which a column names a customer, in the order of a field where one is given. */
export async function rowsAbout(
  { tx, shop }: Scope,
  { table, column, by }: { table: AppTable; column: AppColumn; by?: string | undefined },
  customer: string,
): Promise<Row[]> {
  const order = by === undefined ? [] : [asc((getTableColumns(table) as Record<string, AppColumn>)[by] as AppColumn)];
  return await tx
    .select()
    .from(table)
    .where(and(eq(ownerOf(table), shop.id), eq(column, customer)))
    .orderBy(...order);
}

export async function insertExport({ tx, shop }: Scope, row: Omit<typeof exports.$inferSelect, 'shopId'>) {
  await tx.insert(exports).values({ ...row, shopId: shop.id });
}

/** The exports of a shop without their content, newest first. */
export const listExports = (db: Tx, shop: number) =>
  db
    .select({
      id: exports.id,
      kind: exports.kind,
      requestId: exports.requestId,
      customerId: exports.customerId,
      createdAt: exports.createdAt,
      jsonBytes: sql<number>`coalesce(length(${exports.json}), 0)`,
      csvBytes: sql<number>`coalesce(length(${exports.csv}), 0)`,
    })
    .from(exports)
    .where(eq(exports.shopId, shop))
    .orderBy(desc(exports.createdAt), desc(exports.id))
    .limit(1000);

export async function findExport(db: Tx, shop: number, id: string) {
  const [row] = await db
    .select()
    .from(exports)
    .where(and(eq(exports.shopId, shop), eq(exports.id, id)));
  return row ?? null;
}
