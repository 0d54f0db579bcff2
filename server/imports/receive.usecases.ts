import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gunzip, gzip } from 'node:zlib';
import type { ShopContext } from '../commerce/commerce.types.ts';
import type { Database } from '../db/database.ts';
import { cut, dropFile, keepPiece, pieceOf } from '../files/files.usecases.ts';
import type { Clock } from '../shared/clock.ts';
import { AppError, badRequest } from '../shared/errors.ts';
import type { Ids } from '../shared/ids.ts';
import { stripNul } from '../shared/text.ts';
import type { Reactions } from '../shops/scope.ts';
import { ordersIn } from './imports.formats.ts';
import { pieceSource, type Source } from './imports.source.ts';
import type { ImportFormat } from './imports.types.ts';

type Deps = { db: Database; clock: Clock; ids: Ids; reactions: Reactions };

/** What a file is said to be, and what is to be done with it. */
export type FileAsked = { file: string; format: ImportFormat; earns: boolean; dryRun: boolean };
/** A file that lies in pieces, with the hash of what was sent. */
export type ReceivedFile = FileAsked & { id: string; totalBytes: number; digest: string };

/** Text in one piece: compressed a tenth of it, as a rule. */
const PIECE = 1_048_576;
/** Two gigabytes of text come from no shop, but from a file that unpacks for ever. */
const MAX_TEXT = 2 * 1024 * 1024 * 1024;

const [packed, unpacked] = [promisify(gzip), promisify(gunzip)];

const unreadable = (message: string, cause?: unknown) =>
  new AppError('imports.unreadable', message, { status: 400, details: { field: 'body' }, cause });
const NO_CSV = 'This is a spreadsheet or an archive. Save the sheet as CSV (UTF-8), and bring that file.';
const DAMAGED = 'The compressed file breaks off or is damaged. Make it anew, or bring it uncompressed.';

const tooLong = () =>
  new AppError('imports.too_large', 'The file is too large. Split it by years, and bring one part after the other.', {
    status: 413,
  });

/**
 * Takes a file in as it comes and keeps its text in pieces that any process can read, a piece at a time in memory. Its
 * header is read before anybody works on it.
 * @throws AppError imports.unreadable, imports.header, imports.too_large; nothing of the file stays then
 */
export async function receiveFile(
  deps: Deps,
  shop: ShopContext & { id: number },
  asked: FileAsked,
  chunks: AsyncIterable<Buffer>,
): Promise<ReceivedFile> {
  const id = deps.ids.next();
  const file = { shopId: shop.id, fileId: id };
  try {
    const hash = createHash('sha256');
    let totalBytes = 0;
    let piece = 0;
    for await (const text of cut(textOf(hashed(chunks, hash)), PIECE)) {
      totalBytes += text.length;
      if (totalBytes > MAX_TEXT) throw tooLong();
      await keepPiece(deps, file, piece, await packed(text, { level: 4 }));
      piece += 1;
    }
    const { close } = await ordersIn(sourceOf(deps, shop.id, { id, totalBytes }), shop, asked.format);
    await close();
    return { ...asked, file: nameOf(asked.file), id, totalBytes, digest: hash.digest('hex') };
  } catch (error) {
    await dropFile(deps, file);
    throw error;
  }
}

/** The text of a file that was received. */
export const sourceOf = (
  { db }: Pick<Deps, 'db'>,
  shopId: number,
  { id, totalBytes }: Pick<ReceivedFile, 'id' | 'totalBytes'>,
): Source =>
  pieceSource({ size: totalBytes, pieceSize: PIECE }, async (piece) => {
    const content = await pieceOf({ db }, { shopId, fileId: id }, piece).catch((cause) => {
      throw new AppError('imports.away', 'The file could not be read just now.', { retryable: true, cause });
    });
    if (content === null) throw badRequest('imports.gone', 'The file is not kept any more. Bring it again.');
    return unpacked(content);
  });

/** Only for showing: the last part of what may be a path. */
const nameOf = (text: string): string => stripNul(text.split(/[/\\]/).at(-1) ?? '').trim() || 'file';

async function* hashed(chunks: AsyncIterable<Buffer>, hash: { update(data: Buffer): unknown }) {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Unpacks what begins as gzip does, whatever it is called; everything else is text as it is. */
async function* textOf(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const { head, rest } = await beginning(chunks);
  const starts = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte);
  // "PK": every xlsx, ods and zip.
  if (starts(0x50, 0x4b, 3, 4) || starts(0xd0, 0xcf, 0x11, 0xe0)) throw unreadable(NO_CSV);
  if (!starts(0x1f, 0x8b)) return yield* rest;
  const text = createGunzip();
  let broken: unknown = null;
  // What breaks the upload off comes out where the text is read, as the error that it is.
  const source = Readable.from(rest);
  source.on('error', (error) => {
    broken = error;
  });
  pipeline(source, text, () => undefined);
  try {
    yield* text as AsyncIterable<Buffer>;
  } catch (error) {
    throw broken ?? unreadable(DAMAGED, error);
  }
}

/** The first bytes, and all of it from there on. */
async function beginning(chunks: AsyncGenerator<Buffer>) {
  let head: Buffer = Buffer.of();
  while (head.length < 4) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* rest(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    yield* chunks;
  }
  return { head, rest: rest() };
}
