import { bytes, index, instant, key, table, text, whole } from '../db/columns.ts';

/**
 * Files that merchants brought or fetch, cut into pieces: whichever process works on them finds them here
 * (docs/adr/0012). None stays longer than a day.
 */
export const filePieces = table(
  'file_pieces',
  {
    shopId: whole().notNull(),
    fileId: text().notNull(),
    piece: whole().notNull(),
    content: bytes().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.fileId, t.piece] }), index('file_pieces_created').on(t.createdAt)],
);
