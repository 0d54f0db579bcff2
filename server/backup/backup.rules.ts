import { z } from 'zod';
import { damaged, refused } from './backup.errors.ts';
import type { Column, Row } from './backup.types.ts';

/** Of the file. A newer app reads older formats; an older app refuses newer ones. */
export const FORMAT = 1;

const headerShape = z.object({
  bazgasht: z.literal('backup'),
  format: z.number().int().positive(),
  madeAt: z.number().int(),
  /** What it was taken from; it restores into either. */
  database: z.string(),
  /** The last migration, and a hash of every table's columns. */
  migration: z.string(),
  schema: z.string(),
});
export type Header = z.infer<typeof headerShape>;

const tableShape = z.object({ table: z.string(), columns: z.array(z.string()) });
const trailerShape = z.object({
  end: z.literal(true),
  rows: z.record(z.string(), z.number().int().nonnegative()),
  /** Of all bytes before this line. */
  sha256: z.string(),
  /** The same hash sealed by the vault, so that nobody without a key can write a backup that passes. */
  sealed: z.string(),
});
export type Trailer = z.infer<typeof trailerShape>;

export type Line =
  | { kind: 'table'; table: string; columns: string[] }
  | { kind: 'row'; cells: unknown[] }
  | { kind: 'end'; trailer: Trailer };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged('a line of it cannot be read', error);
  }
}

/** The first line. @throws AppError backup.damaged when it is none, backup.refused when a newer version wrote it */
export function readHeader(text: string): Header {
  const value = parsed(text);
  const format = z.object({ bazgasht: z.literal('backup'), format: z.number() }).safeParse(value);
  if (!format.success) throw damaged('it does not begin as a backup does');
  if (format.data.format > FORMAT) {
    throw refused(
      `This backup has format ${format.data.format}, this version reads up to ${FORMAT}: use the version that made it.`,
    );
  }
  const header = headerShape.safeParse(value);
  if (!header.success) throw damaged('its first line is incomplete');
  return header.data;
}

/** Any later line. @throws AppError backup.damaged */
export function readLine(text: string): Line {
  const value = parsed(text);
  if (Array.isArray(value)) return { kind: 'row', cells: value };
  const table = tableShape.safeParse(value);
  if (table.success) return { kind: 'table', ...table.data };
  const trailer = trailerShape.safeParse(value);
  if (trailer.success) return { kind: 'end', trailer: trailer.data };
  throw damaged('a line of it is none that a backup has');
}

/** A row as one line's JSON: cells in the order of the columns, bytes as base64. */
export const rowLine = (columns: readonly Column[], row: Row): string =>
  `${JSON.stringify(columns.map(({ field, kind }) => writeCell(kind, row[field])))}\n`;

const writeCell = (kind: Column['kind'], value: unknown): unknown =>
  kind === 'bytes' && value !== null ? (value as Buffer).toString('base64') : value;

/** The row that a line holds. @throws AppError backup.damaged when a cell is not what its column holds */
export function readRow(columns: readonly Column[], cells: unknown[], table: string): Row {
  if (cells.length !== columns.length) throw damaged(`a row of ${table} has ${cells.length} cells`);
  return Object.fromEntries(columns.map((column, index) => [column.field, readCell(column, cells[index], table)]));
}

const FITS: Record<Column['kind'], (cell: unknown) => boolean> = {
  text: (cell) => typeof cell === 'string',
  bytes: (cell) => typeof cell === 'string',
  whole: (cell) => Number.isSafeInteger(cell),
  flag: (cell) => typeof cell === 'boolean',
  json: (cell) => cell !== null,
};

function readCell({ kind, nullable, name }: Column, cell: unknown, table: string): unknown {
  if (cell === null && nullable) return null;
  if (!FITS[kind](cell)) throw damaged(`${table}.${name} holds something else than it should`);
  return kind === 'bytes' ? Buffer.from(cell as string, 'base64') : cell;
}
