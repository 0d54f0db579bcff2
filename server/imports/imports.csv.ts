import { fileError } from './imports.errors.ts';
import { type RawRecord, readRecords } from './imports.records.ts';
import { openSource, type Source } from './imports.source.ts';
import type { Cells, CsvRow, ReadProgress } from './imports.types.ts';

/** An open CSV file whose header has been read. Its rows can be gone through once. */
export type CsvFile = {
  /** Lower-case names of the columns, in order; a name that comes again carries its place (`total#7`). */
  header: readonly string[];
  rows: AsyncIterable<CsvRow>;
  progress(): ReadProgress;
  /** Lets go of a file whose rows were not read to the end. */
  close(): Promise<void>;
};

function headerOf(fields: readonly string[]): string[] {
  const names = new Set<string>();
  fields.forEach((field, index) => {
    const name = field.replaceAll('\u0000', '').trim().toLowerCase();
    names.add(names.has(name) || name === '' ? `${name}#${index + 1}` : name);
  });
  return [...names];
}

function cells(header: readonly string[], fields: readonly string[]): Cells {
  const record: Cells = {};
  const count = Math.min(header.length, fields.length);
  for (let index = 0; index < count; index += 1) record[header[index] ?? ''] = fields[index] ?? '';
  return record;
}

function rowOf({ fields, ...rest }: RawRecord, header: readonly string[]): CsvRow {
  const row: CsvRow = { ...rest, record: cells(header, fields) };
  if (row.problem === undefined && fields.length !== header.length)
    row.problem = `The row has ${fields.length} columns, the header has ${header.length}.`;
  return row;
}

/**
 * Opens a CSV file, plain or gzip, and reads its header: comma-separated, UTF-8 with or without a byte order mark, any
 * line ends. Rows stream, so that memory does not grow with the file. A row that cannot be cut into the header's columns
 * comes out with its problem; blank rows are left out. Throws `imports.missing`, `imports.unreadable` or
 * `imports.header`.
 */
export const openCsv = async (file: string): Promise<CsvFile> => csvIn(await openSource(file));

/** As openCsv, of a text that can be read already. */
export async function csvIn(source: Source): Promise<CsvFile> {
  const records = readRecords(source);
  const first = await records.next();
  if (first.done) throw fileError('header', 'The file is empty.');
  if (first.value.problem !== undefined) {
    await records.return(undefined);
    throw fileError('header', `The header cannot be read: ${first.value.problem}`);
  }
  const header = headerOf(first.value.fields);
  let count = 0;
  async function* rows(): AsyncGenerator<CsvRow> {
    for await (const record of records) {
      count += record.broken ? 0 : 1;
      yield rowOf(record, header);
    }
  }
  return {
    header,
    rows: rows(),
    progress: () => ({ bytes: Math.min(source.bytesRead(), source.size), totalBytes: source.size, rows: count }),
    close: async () => {
      await records.return(undefined);
    },
  };
}
