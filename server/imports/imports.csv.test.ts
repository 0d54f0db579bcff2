import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openCsv } from './imports.csv.ts';
import { csvText, rowsOf, scratchFolder } from './imports.fixtures.ts';

const files = scratchFolder();
afterAll(files.remove);

const read = (text: string | Buffer, gz = false) => rowsOf(files.write(text, { gz }));

describe('reading', () => {
  it('maps cells by column, with the line each row begins on', async () => {
    expect(await read('Id, Name \n1,a\n\n2,b\n')).toEqual([
      { line: 2, record: { id: '1', name: 'a' } },
      { line: 4, record: { id: '2', name: 'b' } },
    ]);
  });

  it('unpacks gzip by its first bytes, whatever the name says', async () => {
    const text = 'a,b\n1,2\n';
    for (const name of ['packed.csv', 'packed.csv.gz']) {
      expect(await rowsOf(files.write(text, { gz: true, name }))).toHaveLength(1);
      expect(await rowsOf(files.write(text, { name: `plain-${name}` }))).toHaveLength(1);
    }
  });

  it('reads several gzip members as one file', async () => {
    const text = Buffer.concat([gzipSync('a,b\n1,2\n'), gzipSync('3,4\n')]);
    expect((await read(text)).map(({ record }) => record.a)).toEqual(['1', '3']);
  });

  it('knows a byte order mark, CRLF, mixed line ends, and a last line without one', async () => {
    expect(await read('\ufeffa,b\r\n1,2\r\n3,4\n5,6')).toEqual([
      { line: 2, record: { a: '1', b: '2' } },
      { line: 3, record: { a: '3', b: '4' } },
      { line: 4, record: { a: '5', b: '6' } },
    ]);
  });

  it('keeps line ends within quotes, and counts them', async () => {
    expect(await read('a,b\n1,"x\r\ny\nz"\n2,"say ""hi"""\n\r\n3,c\n')).toEqual([
      { line: 2, record: { a: '1', b: 'x\r\ny\nz' } },
      { line: 5, record: { a: '2', b: 'say "hi"' } },
      { line: 7, record: { a: '3', b: 'c' } },
    ]);
  });

  it('leaves out rows of nothing but separators and spaces', async () => {
    expect(await read('a,b\n,\n  \n1,2\n , \n')).toEqual([{ line: 4, record: { a: '1', b: '2' } }]);
  });

  it('keeps a quote within a text', async () => {
    expect(await read('a,b\n1,12" vinyl\n2,"7" single"\n')).toMatchObject([
      { record: { b: '12" vinyl' } },
      { line: 3, record: { a: '2' } },
    ]);
  });

  it('names columns of the same name apart', async () => {
    expect((await openCsv(files.write('a,A,,b\n'))).header).toEqual(['a', 'a#2', '#3', 'b']);
  });

  it('gives back every table that was written, at the right lines', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', 'ü', '\t', '۱') });
    const table = fc.array(fc.tuple(cell, cell), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const marked = rows.map(([a, b], index) => [`${index}`, a, b]);
        const found = await read(csvText(['id', 'a', 'b'], marked));
        expect(found.map(({ record }) => [record.id, record.a, record.b])).toEqual(marked);
        let line = 2;
        for (const [index, [a, b]] of rows.entries()) {
          expect(found[index]?.line).toBe(line);
          line += 1 + `${a}${b}`.split('\n').length - 1;
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('rows that make no sense', () => {
  it('refuses another number of columns by line, and goes on', async () => {
    expect(await read('a,b\n1\n2,3\n4,5,6\n')).toEqual([
      { line: 2, record: { a: '1' }, problem: 'The row has 1 columns, the header has 2.' },
      { line: 3, record: { a: '2', b: '3' } },
      { line: 4, record: { a: '4', b: '5' }, problem: 'The row has 3 columns, the header has 2.' },
    ]);
  });

  it('goes on behind the line that opens a quote and never closes it', async () => {
    for (const gz of [false, true]) {
      const rows = await read('a,b\r\n1,x\r\n2,"open\r\n\r\n3,y\r\n4,z\r\n', gz);
      expect(rows).toEqual([
        { line: 2, record: { a: '1', b: 'x' } },
        { line: 3, record: {}, problem: 'The row opens a quote that is never closed.' },
        { line: 5, record: { a: '3', b: 'y' } },
        { line: 6, record: { a: '4', b: 'z' } },
      ]);
    }
  });

  it('gives back the rows that a stray quote swallowed up to the next one', async () => {
    const rows = await read('a,b\n1,"open\n2,x\n3,"fine"\n4,y\n');
    expect(rows[0]?.problem).toBe('The row opens a quote that is never closed.');
    expect(await read('a,b\n0,12" vinyl\n1,"open\n2,x\n3,"fine"\n4,y\n')).toHaveLength(5);
    expect(rows.map(({ line, record, problem }) => [line, record.a, problem !== undefined])).toEqual([
      [2, undefined, true],
      [3, '2', false],
      [4, '3', false],
      [5, '4', false],
    ]);
  });

  it('refuses a row of more than a megabyte without keeping the file, and goes on', async () => {
    const rows = await read(`a,b\n1,x\n2,${'y'.repeat(3_000_000)}\n3,z\n`);
    expect(rows.map(({ line, problem }) => [line, problem])).toEqual([
      [2, undefined],
      [3, 'The row is longer than 1 MB: is a quote left open?'],
      [4, undefined],
    ]);
  });

  it('loses no other row of a long file, plain or packed', async () => {
    const bad = new Set([100, 9000, 9001, 20_000]);
    const text = Array.from(
      { length: 30_000 },
      (_, index) => `${index},${bad.has(index) ? '"open' : 'some more text'}\r\n`,
    );
    for (const gz of [false, true]) {
      const rows = await read(`a,b\r\n${text.join('')}`, gz);
      expect(rows.flatMap(({ line, problem }) => (problem ? [line - 2] : []))).toEqual([...bad]);
      expect(rows.every(({ line, record, problem }) => problem || record.a === String(line - 2))).toBe(true);
      expect(rows).toHaveLength(30_000);
    }
  });

  it('ends when there are too many of them', async () => {
    const rows = await read(`a,b\n${'1,"open\n'.repeat(80)}3,x\n`);
    expect(rows.at(-1)).toMatchObject({ broken: true });
    expect(rows.at(-1)?.problem).toContain('The rest of the file was not read.');
    expect(rows.length).toBeLessThan(60);
  });

  it('keeps rows before the place where a gzip file breaks off or is damaged', async () => {
    const text = `a,b\n${Array.from({ length: 50_000 }, (_, index) => `${index},${createHash('md5').update(`${index}`).digest('hex')}\n`).join('')}`;
    const packed = gzipSync(text);
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, packed.length >> 1, (packed.length >> 1) + 64);
    for (const broken of [packed.subarray(0, packed.length >> 1), damaged]) {
      const rows = await read(broken);
      expect(rows.length).toBeGreaterThan(1000);
      expect(rows.at(-1)).toMatchObject({ broken: true, record: {} });
      expect(rows.at(-1)?.problem).toContain('breaks off or is damaged');
      expect(rows.at(-1)?.line).toBe((rows.at(-2)?.line ?? 0) + 1);
    }
  });

  it('of any kind end as rows or problems, each at a later line, never as a crash', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ',', ',', '"', '"', '\n', '\n', '\r', '\r\n', '\u0000'),
      maxLength: 200,
    });
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        const rows = await read(`x,y\n${body}`);
        const lines = `x,y\n${body}`.split(/\r\n|\n|\r/).length;
        for (const [index, row] of rows.entries()) {
          expect(row.line).toBeGreaterThan(rows[index - 1]?.line ?? 1);
          expect(row.line).toBeLessThanOrEqual(lines);
          if (row.problem === undefined) expect(Object.keys(row.record)).toEqual(['x', 'y']);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('hands NUL and broken UTF-8 on as text', async () => {
    const rows = await read(Buffer.from('a,b\n1,\u0000\n2,\xff\n', 'latin1'));
    expect(rows.map(({ record }) => record.b)).toEqual(['\u0000', '\ufffd']);
  });
});

describe('files that are none', () => {
  it('says so', async () => {
    const code = async (file: string) => openCsv(file).then(String, (error) => error.code);
    expect(await code('/no/such/file.csv')).toBe('imports.missing');
    expect(await code(import.meta.dirname)).toBe('imports.unreadable');
    expect(await code(files.write(''))).toBe('imports.header');
    expect(await code(files.write('\n\n'))).toBe('imports.header');
    expect(await code(files.write('"never closed\n1,2\n'))).toBe('imports.header');
    expect(await code(files.write(gzipSync('a,b\n').subarray(0, 9)))).toBe('imports.header');
  });
});

it('tells how far it is', async () => {
  const csv = await openCsv(files.write('a,b\n1,2\n3,4\n'));
  const first = await csv.rows[Symbol.asyncIterator]().next();
  expect(first.value?.line).toBe(2);
  expect(csv.progress()).toEqual({ bytes: 12, totalBytes: 12, rows: 1 });
  await csv.close();
});
