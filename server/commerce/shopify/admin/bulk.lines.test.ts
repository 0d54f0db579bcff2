import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BulkObject, bulkObjects } from './bulk.lines.ts';

const FILE = [
  { id: 'gid://shopify/Order/1', name: '#1' },
  { id: 'gid://shopify/LineItem/11', title: 'چای', __parentId: 'gid://shopify/Order/1' },
  { id: 'gid://shopify/LineItem/12', __parentId: 'gid://shopify/Order/1' },
  { id: 'gid://shopify/Order/9007199254740993', name: '#2' },
  { id: 'gid://shopify/Order/3', name: '#3' },
  { id: 'gid://shopify/ShippingLine/31', __parentId: 'gid://shopify/Order/3' },
];
const bytes = Buffer.from(`${FILE.map((line) => JSON.stringify(line)).join('\n')}\n`);

async function* chunked(all: Buffer, cuts: number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const cut of [...cuts.map((one) => one % (all.length + 1)).sort((a, b) => a - b), all.length]) {
    if (cut > from) yield all.subarray(from, cut);
    from = Math.max(from, cut);
  }
}
async function read(all: Buffer, { from = 0, cuts = [] as number[] } = {}): Promise<BulkObject[]> {
  const objects: BulkObject[] = [];
  for await (const object of bulkObjects(chunked(all.subarray(from), cuts), from)) objects.push(object);
  return objects;
}

test('objects come with the children that follow them, wherever the chunks are cut', async () => {
  const expected = await read(bytes);
  expect(expected.map(({ children }) => children.length)).toEqual([2, 0, 1]);
  expect(expected.at(-1)?.end).toBe(bytes.length);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
      expect(await read(bytes, { cuts })).toEqual(expected);
    }),
  );
});

test('reading goes on after any object, and gives exactly the rest', async () => {
  const all = await read(bytes);
  for (const [index, { end }] of all.entries()) expect(await read(bytes, { from: end })).toEqual(all.slice(index + 1));
});

test('a file that is cut in the middle of a line gives what came before and then fails', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: bytes.length - 1 }), async (length) => {
      const cut = bytes.subarray(0, length);
      // At a line's end (with or without its newline) nothing shows that something is missing: the size does.
      const atEnd = bytes[length] === 10 || bytes[length - 1] === 10;
      const result = await read(cut).catch((error: unknown) => error);
      if (atEnd) expect(result).toBeInstanceOf(Array);
      else expect(result).toMatchObject({ code: 'shopify.unavailable', retryable: true });
    }),
  );
});

test('a child without its parent is no file of ours', async () => {
  await expect(read(Buffer.from('{"id":"x","__parentId":"y"}\n'))).rejects.toMatchObject({
    code: 'shopify.unavailable',
  });
});
