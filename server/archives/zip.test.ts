import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { seededRandom } from '../shared/random.ts';
import { unzip } from './zip.fixtures.ts';
import { createZip } from './zip.ts';

const NOW = Date.UTC(2026, 2, 21, 13, 37, 42);

async function zipOf(files: Record<string, string[]>, max?: number) {
  const chunks: Buffer[] = [];
  const push = async (bytes: Buffer) => void chunks.push(Buffer.from(bytes));
  const zip = createZip(push, { now: NOW, ...(max === undefined ? {} : { max }) });
  const written: Record<string, { bytes: number; sha256: string }> = {};
  for (const [name, parts] of Object.entries(files)) {
    written[name] = await zip.file(name, async (write) => {
      for (const part of parts) await write(part);
    });
  }
  await zip.finish();
  return { buffer: Buffer.concat(chunks), written };
}

const random = seededRandom(3);
const noise = Array.from({ length: 400 }, () => String(random.next()).repeat(40));
const FILES = { 'orders.csv': ['a,b\r\n', '1,2\r\n'], 'سفارش‌ها.json': ['[', '"بازگشت"', ']\n'], empty: [], noise };

test.each([undefined, 0, 100])(
  'holds what was written, and says its length and hash (ZIP64 from %s on)',
  async (max) => {
    const { buffer, written } = await zipOf(FILES, max);
    const found = unzip(buffer);
    expect([...found.keys()]).toEqual(Object.keys(FILES));
    for (const [name, parts] of Object.entries(FILES)) {
      const content = Buffer.from(parts.join(''));
      expect(found.get(name)?.equals(content), name).toBe(true);
      const sha256 = createHash('sha256').update(content).digest('hex');
      expect(written[name]).toEqual({ bytes: content.length, sha256 });
    }
    expect(buffer.length).toBeLessThan(noise.join('').length / 2);
  },
);

test('is dated by the instant given', async () => {
  const { buffer } = await zipOf({ a: ['x'] });
  const [time, date] = [buffer.readUInt16LE(10), buffer.readUInt16LE(12)];
  expect([1980 + (date >> 9), (date >> 5) & 15, date & 31]).toEqual([2026, 3, 21]);
  expect([time >> 11, (time >> 5) & 63, (time & 31) * 2]).toEqual([13, 37, 42]);
});

test('the reader of these tests notices damage', async () => {
  const { buffer } = await zipOf(FILES);
  const { buffer: other } = await zipOf({ ...FILES, 'orders.csv': ['a,b\r\n', '1,3\r\n'] });
  const damaged = Buffer.concat([other.subarray(0, 60), buffer.subarray(60)]);
  expect(() => unzip(damaged)).toThrow();
});

test('a taker that fails ends the writing, however much is to come', async () => {
  const full = new Error('the disk is full');
  const zip = createZip(() => Promise.reject(full), { now: NOW });
  await expect(zip.file('a', async (write) => write('x'))).rejects.toBe(full);
  let taken = 0;
  const later = createZip(
    async (bytes) => {
      taken += bytes.length;
      if (taken > 1000) throw full;
    },
    { now: NOW },
  );
  const writing = later.file('noise', async (write) => {
    for (;;) await write(noise.join(''));
  });
  await expect(writing).rejects.toBe(full);
});

test('what fails while it writes comes out as it is', async () => {
  const zip = createZip(async () => undefined, { now: NOW });
  const broken = new Error('no more rows');
  await expect(zip.file('a', () => Promise.reject(broken))).rejects.toBe(broken);
});
