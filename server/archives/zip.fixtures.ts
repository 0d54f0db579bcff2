import { crc32, inflateRawSync } from 'node:zlib';

/** Fields of ZIP64 stand in the place of those that are full. */
function large(buffer: Buffer, at: number, name: number, extra: number, short: [number, number, number]) {
  if (!short.includes(0xffff_ffff)) return short;
  const start = at + 46 + name;
  if (buffer.readUInt16LE(start) !== 1 || extra < 28) throw new Error('no ZIP64 field where one is needed');
  return [4, 12, 20].map((offset) => Number(buffer.readBigUInt64LE(start + offset))) as [number, number, number];
}

/** For tests only: the files of a zip, read by its directory as every reader does; sizes and sums are checked. */
export function unzip(buffer: Buffer): Map<string, Buffer> {
  const end = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let count: number = buffer.readUInt16LE(end + 10);
  let at: number = buffer.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffff_ffff) {
    if (buffer.readUInt32LE(end - 20) !== 0x0706_4b50) throw new Error('no ZIP64 locator');
    const record = Number(buffer.readBigUInt64LE(end - 12));
    if (buffer.readUInt32LE(record) !== 0x0606_4b50) throw new Error('no ZIP64 record');
    [count, at] = [32, 48].map((offset) => Number(buffer.readBigUInt64LE(record + offset))) as [number, number];
  }
  const files = new Map<string, Buffer>();
  for (; count > 0; count -= 1) {
    if (buffer.readUInt32LE(at) !== 0x0201_4b50) throw new Error('no entry of the directory');
    const [nameLength, extra] = [buffer.readUInt16LE(at + 28), buffer.readUInt16LE(at + 30)];
    const name = buffer.subarray(at + 46, at + 46 + nameLength).toString();
    const [size, packed, start] = large(buffer, at, nameLength, extra, [
      buffer.readUInt32LE(at + 24),
      buffer.readUInt32LE(at + 20),
      buffer.readUInt32LE(at + 42),
    ]);
    if (buffer.readUInt32LE(start) !== 0x0403_4b50) throw new Error('no file where the directory says');
    const from = start + 30 + buffer.readUInt16LE(start + 26) + buffer.readUInt16LE(start + 28);
    const content = inflateRawSync(buffer.subarray(from, from + packed));
    const sum = buffer.readUInt32LE(at + 16);
    if (content.length !== size || crc32(content) !== sum) throw new Error(`${name} is not what the directory says`);
    // Behind the content: its mark, sum and sizes once more.
    if (buffer.readUInt32LE(from + packed) !== 0x0807_4b50 || buffer.readUInt32LE(from + packed + 4) !== sum)
      throw new Error(`${name} has no descriptor`);
    files.set(name, content);
    at += 46 + nameLength + extra;
  }
  return files;
}
