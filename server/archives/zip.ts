import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { Written } from './export.files.ts';

/** What 32 and 16 bits cannot hold stands in the fields of ZIP64. */
const MAX_32 = 0xffff_ffff;
const MAX_16 = 0xffff;
/** Sizes follow the content, and names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const PLAIN_VERSION = 20;
const ZIP64_VERSION = 45;

type Entry = { name: Buffer; crc: number; packed: number; size: number; at: number };
type Options = {
  /** The instant that every file is dated by, in UTC. */
  now: number;
  /** For tests: from which number on ZIP64 is written. */
  max?: number;
};

/**
 * Writes a zip file as it comes, without knowing sizes ahead: entries are deflated one after the other, their sizes stand
 * behind them and in the directory at the end (PKWARE's APPNOTE 4.3.9 and, for what is larger than 4 GB, 4.3.14).
 * @param push takes the bytes; awaited, so that no more than a chunk is in memory
 */
export function createZip(push: (bytes: Buffer) => Promise<void>, { now, max = MAX_32 }: Options) {
  const entries: Entry[] = [];
  const stamp = dosTime(now);
  let at = 0;
  const put = async (bytes: Buffer): Promise<void> => {
    at += bytes.length;
    await push(bytes);
  };
  return {
    /** Adds one file: `work` is given a function that writes its text. */
    async file(name: string, work: (write: (text: string) => Promise<void>) => Promise<void>): Promise<Written> {
      const entry: Entry = { name: Buffer.from(name), crc: 0, packed: 0, size: 0, at };
      await put(localHeader(entry, stamp));
      const sha256 = await deflated(entry, work, put);
      await put(descriptor(entry, max));
      entries.push(entry);
      return { bytes: entry.size, sha256 };
    },
    /** Ends the file: nothing comes behind. */
    async finish(): Promise<void> {
      const start = at;
      for (const entry of entries) await put(directoryHeader(entry, stamp, max));
      await put(ending({ count: entries.length, start, size: at - start }, max));
    },
  };
}

async function deflated(
  entry: Entry,
  work: (write: (text: string) => Promise<void>) => Promise<void>,
  put: (bytes: Buffer) => Promise<void>,
): Promise<string> {
  const deflate = createDeflateRaw();
  const hash = createHash('sha256');
  const out = (async () => {
    for await (const chunk of deflate as AsyncIterable<Buffer>) {
      entry.packed += chunk.length;
      await put(chunk);
    }
  })();
  // Looked at wherever it is waited for; a failure in between must not end the process.
  out.catch(() => undefined);
  try {
    await work(async (text) => {
      const data = Buffer.from(text);
      entry.size += data.length;
      entry.crc = crc32(data, entry.crc);
      hash.update(data);
      // Whoever takes the bytes may fail: then nothing drains.
      if (!deflate.write(data)) await Promise.race([once(deflate, 'drain'), out]);
    });
    deflate.end();
    await out;
  } finally {
    deflate.destroy();
  }
  return hash.digest('hex');
}

/** The numbers of a record, each in so many bytes, little-endian. */
function numbers(...fields: (readonly [bytes: 2 | 4 | 8, value: number])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) buffer.writeUInt16LE(value, at);
    else if (bytes === 4) buffer.writeUInt32LE(value, at);
    else buffer.writeBigUInt64LE(BigInt(value), at);
    at += bytes;
  }
  return buffer;
}

type Stamp = { time: number; date: number };

/** MS-DOS knows the years from 1980 on, and every other second. */
function dosTime(now: number): Stamp {
  const at = new Date(Math.max(now, Date.UTC(1980, 0, 1)));
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  };
}

function localHeader({ name }: Entry, { time, date }: Stamp): Buffer {
  const head = numbers([4, 0x0403_4b50], [2, PLAIN_VERSION], [2, FLAGS], [2, DEFLATED], [2, time], [2, date]);
  return Buffer.concat([head, numbers([4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]), name]);
}

function descriptor({ crc, packed, size }: Entry, max: number): Buffer {
  const bytes = packed >= max || size >= max ? 8 : 4;
  return numbers([4, 0x0807_4b50], [4, crc], [bytes, packed], [bytes, size]);
}

function directoryHeader({ name, crc, packed, size, at }: Entry, { time, date }: Stamp, max: number): Buffer {
  const large = packed >= max || size >= max || at >= max;
  const version = large ? ZIP64_VERSION : PLAIN_VERSION;
  const extra = large ? numbers([2, 1], [2, 24], [8, size], [8, packed], [8, at]) : Buffer.of();
  const short = (value: number): number => (large ? MAX_32 : value);
  // Made on unix: a file (8) that its owner may read and write (0600).
  const attributes = 0o100600 * 0x1_0000;
  return Buffer.concat([
    numbers([4, 0x0201_4b50], [2, 0x0300 + version], [2, version], [2, FLAGS], [2, DEFLATED], [2, time], [2, date]),
    numbers([4, crc], [4, short(packed)], [4, short(size)], [2, name.length], [2, extra.length], [2, 0], [2, 0]),
    numbers([2, 0], [4, attributes], [4, short(at)]),
    name,
    extra,
  ]);
}

function ending({ count, start, size }: { count: number; start: number; size: number }, max: number): Buffer {
  const large = start >= max || size >= max || count >= MAX_16;
  const short = (value: number, most: number): number => (large ? most : value);
  const plain = numbers(
    [4, 0x0605_4b50],
    [2, 0],
    [2, 0],
    [2, short(count, MAX_16)],
    [2, short(count, MAX_16)],
    [4, short(size, MAX_32)],
    [4, short(start, MAX_32)],
    [2, 0],
  );
  if (!large) return plain;
  return Buffer.concat([
    numbers([4, 0x0606_4b50], [8, 44], [2, ZIP64_VERSION], [2, ZIP64_VERSION], [4, 0], [4, 0]),
    numbers([8, count], [8, count], [8, size], [8, start]),
    numbers([4, 0x0706_4b50], [4, 0], [8, start + size], [4, 1]),
    plain,
  ]);
}
