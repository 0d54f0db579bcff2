import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { notFound } from '../shared/errors.ts';
import { damaged } from './backup.errors.ts';

/** Longer than a row with the largest body that is taken in; what is longer is no backup of ours. */
const MAX_LINE = 64 * 1024 * 1024;
const LF = 10;

/**
 * The lines of a compressed file as bytes, without their ends, and how much of it was read. Only line feeds end a line:
 * text may hold any other character that elsewhere does.
 * @throws AppError backup.missing; while reading, backup.damaged
 */
export async function linesOf(file: string) {
  const { size } = await stat(file).catch(() => {
    throw notFound('backup.missing', `There is no file ${file}, or it cannot be read.`);
  });
  const raw = createReadStream(file);
  const text = createGunzip();
  // Errors come out where the lines are read; the callback only keeps pipeline from throwing them a second time.
  pipeline(raw, text, () => undefined);
  return { size, bytesRead: () => raw.bytesRead, lines: split(text) };
}

async function* split(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
      let from = 0;
      for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, from)) {
        rest.push(chunk.subarray(from, at));
        yield Buffer.concat(rest);
        rest = [];
        length = 0;
        from = at + 1;
      }
      rest.push(chunk.subarray(from));
      length += chunk.length - from;
      if (length > MAX_LINE) throw damaged('a line of it never ends');
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code.startsWith('Z_')) throw damaged('it is cut short or was changed', error);
    throw error;
  }
  if (length > 0) throw damaged('it is cut short');
}
