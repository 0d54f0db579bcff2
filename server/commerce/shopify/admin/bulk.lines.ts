import { unavailable } from '../shopify.errors.ts';

/** An object of a bulk file with the children that follow it. `end`: the byte after the last of them. */
export type BulkObject = { root: unknown; children: unknown[]; end: number };

/** One line is one object: an order without its lists. */
const MAX_LINE = 8 * 1024 * 1024;
/** Lists of one object: as many as a delivery may have. */
const MAX_CHILDREN = 4_000;
const NEWLINE = 10;

type Line = { value: unknown; end: number };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unavailable("Shopify's file ends in the middle, or is damaged.", { cause });
  }
}

/** The lines of a stream that begins at byte `from` of its file. @throws AppError shopify.unavailable */
async function* linesOf(chunks: AsyncIterable<Uint8Array>, from: number): AsyncGenerator<Line> {
  let rest = Buffer.alloc(0);
  let at = from;
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    let begin = 0;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, begin)) {
      const text = rest.toString('utf8', begin, end);
      at += end + 1 - begin;
      begin = end + 1;
      if (text.trim() !== '') yield { value: parsed(text), end: at };
    }
    rest = rest.subarray(begin);
    if (rest.length > MAX_LINE) throw unavailable('A line of Shopify’s file is too long.');
  }
  // The last line may lack its end; a line that was cut is no JSON.
  if (rest.length > 0) yield { value: parsed(rest.toString('utf8')), end: at + rest.length };
}

const parentOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && '__parentId' in value ? value.__parentId : undefined;

/**
 * The objects of a bulk operation's file (JSON lines, children grouped under their parents), one at a time. The stream
 * begins at byte `from`, where an object begins. Nothing beyond one object is held in memory.
 * @throws AppError shopify.unavailable (retryable) where the file is cut in the middle of a line or out of order
 */
export async function* bulkObjects(chunks: AsyncIterable<Uint8Array>, from: number): AsyncGenerator<BulkObject> {
  let current: BulkObject | null = null;
  for await (const { value, end } of linesOf(chunks, from)) {
    if (parentOf(value) === undefined) {
      if (current !== null) yield current;
      current = { root: value, children: [], end };
      continue;
    }
    if (current === null || current.children.length >= MAX_CHILDREN)
      throw unavailable("Shopify's file has a part without the whole it belongs to.");
    current.children.push(value);
    current.end = end;
  }
  if (current !== null) yield current;
}
