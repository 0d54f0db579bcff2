import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { filePieces } from './files.tables.ts';

type PieceRow = typeof filePieces.$inferSelect;

export async function insertPiece(tx: Tx, row: PieceRow): Promise<void> {
  await tx.insert(filePieces).values(row);
}

/** What one piece holds, or null when it is not there. */
export async function findPiece(db: Tx, shop: number, fileId: string, piece: number): Promise<Buffer | null> {
  const [row] = await db
    .select({ content: filePieces.content })
    .from(filePieces)
    .where(and(eq(filePieces.shopId, shop), eq(filePieces.fileId, fileId), eq(filePieces.piece, piece)));
  return row?.content ?? null;
}

/** Drops some pieces of a file. @returns how many */
export async function deletePieces(tx: Tx, shop: number, fileId: string, limit: number): Promise<number> {
  const found = await tx
    .select({ piece: filePieces.piece })
    .from(filePieces)
    .where(and(eq(filePieces.shopId, shop), eq(filePieces.fileId, fileId)))
    .orderBy(asc(filePieces.piece))
    .limit(limit);
  const pieces = found.map(({ piece }) => piece);
  if (pieces.length === 0) return 0;
  await tx
    .delete(filePieces)
    .where(and(eq(filePieces.shopId, shop), eq(filePieces.fileId, fileId), inArray(filePieces.piece, pieces)));
  return pieces.length;
}

/** A file of any shop with a piece from before an instant, or null. */
export async function findOldFile(db: Tx, upTo: number): Promise<Pick<PieceRow, 'shopId' | 'fileId'> | null> {
  const [row] = await db
    .select({ shopId: filePieces.shopId, fileId: filePieces.fileId })
    .from(filePieces)
    .where(lte(filePieces.createdAt, upTo))
    .orderBy(asc(filePieces.createdAt))
    .limit(1);
  return row ?? null;
}
