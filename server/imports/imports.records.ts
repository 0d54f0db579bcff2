import { type CsvError, type Parser, parse } from 'csv-parse';
import { isAppError } from '../shared/errors.ts';
import type { Position, Source } from './imports.source.ts';

/** Fields of a record and the line it begins on; `problem` instead where the text could not be cut into fields. */
export type RawRecord = { line: number; fields: string[]; problem?: string; broken?: true };

/** A longer record is a quote that was never closed, not an order. */
const MAX_RECORD = 1_048_576;
/** Each time costs reading the file again up to there: a file with more such rows than this is not a CSV file. */
const MAX_RESUMES = 50;

const NEVER_CLOSED = 'The row opens a quote that is never closed.';

type Seen = RawRecord & { start: number; lines: number };
/** `line` is where the record under way begins, `start` the byte behind the last one, `blank` the lines in between. */
type Reader = {
  parser: Parser;
  seen: Seen[];
  line(): number;
  start(): number;
  blank(): number;
  onFirstLine(): boolean;
};
/** Where reading goes on, and whether quotes where none may stand are taken as text from there on. */
type Resume = { line: number; position: Position; relaxed: boolean };

const lineEnds = (fields: readonly string[]): number =>
  fields.reduce((count, field) => count + (field.match(/\r\n|\n|\r/g)?.length ?? 0), 0);

const isBlank = (fields: readonly string[]): boolean => fields.every((field) => field.trim() === '');

/**
 * One run of csv-parse. Records are taken from its hook and not from its readable side, which drops what it still holds
 * when a later record fails.
 */
function createReader({ line: firstLine, position, relaxed }: Resume): Reader {
  const seen: Seen[] = [];
  let next = firstLine;
  let empties = 0;
  let counted = 0;
  let end = 0;
  const current = () => next + parser.info.empty_lines - empties;
  // The parser counts every line-end character, so that a quoted CRLF counts twice there: good enough for this only.
  const onFirstLine = () => parser.info.lines - counted === current() - next + 1;
  const parser = parse({
    bom: position.offset === 0,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: relaxed,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD,
    on_record(fields: string[]) {
      const { info } = parser;
      const line = current();
      const inner = onFirstLine() ? 0 : lineEnds(fields);
      if (!isBlank(fields)) seen.push({ line, fields, start: end, lines: inner + 1 });
      next = line + inner + 1;
      empties = info.empty_lines;
      counted = info.lines;
      end = info.bytes;
      return null;
    },
  });
  parser.on('error', () => undefined);
  parser.resume();
  return { parser, seen, line: current, start: () => end, blank: () => current() - next, onFirstLine };
}

const written = (parser: Parser, chunk: Buffer): Promise<CsvError | null> =>
  new Promise((done) => parser.write(chunk, (error) => done((error as CsvError | null | undefined) ?? null)));

const ended = (parser: Parser): Promise<CsvError | null> =>
  new Promise((done) => {
    parser.once('error', (error) => done(error as CsvError));
    parser.once('finish', () => done(null));
    parser.end();
  });

/** Goes on behind the first line of a record that cannot be right. */
const resumeAfter = (line: number, offset: number, relaxed: boolean): Resume => ({
  line: line + 1,
  position: { offset, skipLine: true },
  relaxed,
});

function failure(reader: Reader, error: CsvError, last: boolean): RawRecord {
  const problem =
    error.code === 'CSV_MAX_RECORD_SIZE' ? 'The row is longer than 1 MB: is a quote left open?' : NEVER_CLOSED;
  const record: RawRecord = { line: reader.line(), fields: [], problem };
  return last ? { ...record, problem: `${problem} The rest of the file was not read.`, broken: true } : record;
}

/**
 * A quote that is never closed swallows the rows up to the next quote. Then the number of fields is another than the
 * header's, or the parser took a quote for text and left the opening one in front.
 */
const hasSwallowed = (fields: readonly string[], width: number, relaxed: boolean): boolean =>
  fields.length !== width || (relaxed && fields.some((field) => field.startsWith('"') && /[\r\n]/.test(field)));

/** The records seen, up to one that swallowed others: those are read again as rows of their own. */
function* plausible(reader: Reader, columns: number | null, { position, relaxed }: Resume, more: boolean) {
  let width = columns;
  for (const { start, lines, ...record } of reader.seen.splice(0)) {
    width ??= record.fields.length;
    const swallowed = lines > 1 && hasSwallowed(record.fields, width, relaxed);
    yield swallowed && record.fields.length === width ? { ...record, fields: [], problem: NEVER_CLOSED } : record;
    if (swallowed && more) return resumeAfter(record.line, position.offset + start, relaxed);
  }
  return null;
}

/** What to do about an error: where to go on, and the problem to report unless another reading may mend it. */
function recovery(reader: Reader, error: CsvError, { position, relaxed }: Resume, more: boolean) {
  const offset = position.offset + reader.start();
  const line = reader.line();
  if (error.code.includes('QUOTE') && error.code !== 'CSV_QUOTE_NOT_CLOSED' && !relaxed && reader.onFirstLine())
    return {
      problem: null,
      resume: { line: line - reader.blank(), position: { offset, skipLine: false }, relaxed: true },
    };
  return { problem: failure(reader, error, !more), resume: more ? resumeAfter(line, offset, relaxed) : null };
}

/**
 * Cuts a file into records, never holding more than one chunk and one record of it. A record that no CSV reader can make
 * sense of is handed out as a problem, and reading goes on behind its first line.
 */
export async function* readRecords(source: Source): AsyncGenerator<RawRecord> {
  let next: Resume | null = { line: 1, position: { offset: 0, skipLine: false }, relaxed: false };
  let columns: number | null = null;
  for (let left = MAX_RESUMES; next !== null; left -= 1) {
    const from: Resume = next;
    const reader = createReader(from);
    let resume: Resume | null = null;
    let error: CsvError | null = null;
    try {
      for await (const chunk of source.read(from.position)) {
        error = await written(reader.parser, chunk);
        columns ??= reader.seen[0]?.fields.length ?? null;
        resume = yield* plausible(reader, columns, from, left > 0);
        if (error !== null || resume !== null) break;
      }
    } catch (cause) {
      // Not the file's fault: it may well be readable the next time.
      if (isAppError(cause)) throw cause;
      yield { line: reader.line(), fields: [], problem: unreadable(cause), broken: true };
      return;
    }
    if (error === null && resume === null) {
      error = await ended(reader.parser);
      resume = yield* plausible(reader, columns, from, left > 0);
    }
    reader.parser.destroy();
    if (error !== null && resume === null) {
      const { problem, resume: after } = recovery(reader, error, from, left > 0);
      if (problem !== null) yield problem;
      resume = after;
    }
    next = resume;
  }
}

function unreadable(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  return code.startsWith('Z_')
    ? 'The compressed file breaks off or is damaged here; the rest was not read.'
    : `The file cannot be read further (${code || 'unknown error'}).`;
}
