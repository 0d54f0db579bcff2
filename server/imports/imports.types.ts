import type { OrderState } from '../commerce/commerce.types.ts';

/** What an operator may say a file is. */
export type ImportFormat = 'shopify-csv' | 'woocommerce-csv' | 'simple-csv';

/** A row's cells by the lower-case name of their column. */
export type Cells = Record<string, string>;

/**
 * One data row and the line of the file on which it begins. With `problem` it cannot be used, and `record` holds what
 * could be told of it; `broken` says that nothing behind it can be read.
 */
export type CsvRow = { line: number; record: Cells; problem?: string; broken?: true };

/** A row, or an order, that is not taken: the line to look at, and a sentence for the operator. */
export type Refused = { ok: false; line: number; reason: string };

/** What becomes of the rows of one order. */
export type ImportedOrder = { ok: true; line: number; order: OrderState } | Refused;

/** How far the reading is: bytes of the file as it lies on disk, and data rows. */
export type ReadProgress = { bytes: number; totalBytes: number; rows: number };
