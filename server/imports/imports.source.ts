import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fileError } from './imports.errors.ts';

/** Where reading (again) begins: a byte of the uncompressed text, and whether the line that begins there is left out. */
export type Position = { offset: number; skipLine: boolean };

/** A file that can be read more than once, uncompressed. */
export type Source = {
  size: number;
  /** Bytes of the file taken so far by the reading under way. */
  bytesRead(): number;
  /** The text from there on. `from.offset` moves to the first byte that is handed out. */
  read(from: Position): AsyncIterable<Buffer>;
};

const CHUNK = 65_536;
const CR = 13;
const LF = 10;

async function look(file: string): Promise<{ size: number; compressed: boolean }> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return { size, compressed: bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b };
  } finally {
    await handle.close();
  }
}

/** Leaves out line ends at the start and then one line, and moves `from.offset` behind it. */
async function* afterLine(chunks: AsyncIterable<Buffer>, from: Position): AsyncGenerator<Buffer> {
  let state: 'before' | 'inside' | 'ending' | 'after' = 'before';
  for await (const chunk of chunks) {
    let at = 0;
    for (; at < chunk.length && state !== 'after'; at += 1) {
      const byte = chunk[at];
      const ends = byte === CR || byte === LF;
      if (state === 'before' && !ends) state = 'inside';
      else if (state === 'inside' && byte === LF) state = 'after';
      else if (state === 'inside' && byte === CR) state = 'ending';
      else if (state === 'ending') {
        state = 'after';
        if (byte !== LF) break;
      }
    }
    from.offset += at;
    if (at < chunk.length) yield chunk.subarray(at);
  }
}

async function* afterBytes(chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of chunks) {
    if (left < chunk.length) yield left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

/** Text that is kept in pieces of one size, the last one shorter: what `pieceAt` gives of it, from any byte on. */
export function pieceSource(
  { size, pieceSize }: { size: number; pieceSize: number },
  pieceAt: (piece: number) => Promise<Buffer>,
): Source {
  let taken = 0;
  async function* bytesFrom(offset: number): AsyncGenerator<Buffer> {
    for (let at = offset; at < size; ) {
      const piece = Math.floor(at / pieceSize);
      const text = await pieceAt(piece);
      for (let from = at - piece * pieceSize; from < text.length; from += CHUNK) {
        const chunk = text.subarray(from, from + CHUNK);
        taken = piece * pieceSize + from + chunk.length;
        yield chunk;
      }
      at = (piece + 1) * pieceSize;
    }
  }
  return {
    size,
    bytesRead: () => taken,
    read: (from) => (from.skipLine ? afterLine(bytesFrom(from.offset), from) : bytesFrom(from.offset)),
  };
}

/**
 * Opens a text file, gzip or plain: its first two bytes tell, not its name. Throws `imports.missing` when there is no
 * such file, `imports.unreadable` when it cannot be opened.
 */
export async function openSource(file: string): Promise<Source> {
  const { size, compressed } = await look(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw fileError('missing', `There is no file ${file}.`, error);
    throw fileError('unreadable', `The file ${file} cannot be read (${error.code ?? error.message}).`, error);
  });
  let bytesRead = () => 0;
  const read = (from: Position): AsyncIterable<Buffer> => {
    const start = compressed ? 0 : from.offset;
    const raw = createReadStream(file, { start, highWaterMark: CHUNK });
    bytesRead = () => start + raw.bytesRead;
    if (!compressed) return from.skipLine ? afterLine(raw, from) : raw;
    const text = createGunzip({ chunkSize: CHUNK });
    // Errors come out where the text is read; the callback only keeps pipeline from throwing them a second time.
    pipeline(raw, text, () => undefined);
    const rest = from.offset === 0 ? text : afterBytes(text, from.offset);
    return from.skipLine ? afterLine(rest, from) : rest;
  };
  return { size, bytesRead: () => bytesRead(), read };
}
