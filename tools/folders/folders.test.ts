import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { againstOrder, circlesIn, folderCircles, placeOf } from './circles.ts';
import { edgesAmong, importsOf, type Source } from './imports.ts';
import { ORDER } from './order.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What tests use may set up what it needs from anywhere. */
const forTests = /\.(?:test|dbtest|fixtures|contract)\.tsx?$|^server\/e2e\/|^server\/db\/testing/;
const isServer = (path: string): boolean => path.startsWith('server/');

const sources: Source[] = ['server', 'web/src', 'tools', 'bench'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((entry) => posix.join(folder, entry.replaceAll('\\', '/')))
    .filter((path) => /\.tsx?$/.test(path) && !forTests.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
);
const edges = edgesAmong(sources);
const ofServer = edges.filter(({ from, to }) => isServer(from) && isServer(to));

describe('the tree', () => {
  it('is seen whole: fewer imports than there are would mean that they are not read', () => {
    expect(ofServer.length).toBeGreaterThan(2_000);
    expect(ofServer.filter(({ typeOnly }) => typeOnly).length).toBeGreaterThan(600);
    const files = new Set(sources.map(({ path }) => path));
    expect(edges.filter(({ to }) => /\.tsx?$/.test(to) && !files.has(to) && !forTests.test(to))).toEqual([]);
  });

  it('has each folder of the server in the order once, and none that is gone', () => {
    expect(new Set(ORDER).size).toBe(ORDER.length);
    const used = new Set(sources.filter(({ path }) => isServer(path)).map(({ path }) => placeOf(path, ORDER) ?? path));
    expect([...used].filter((place) => !ORDER.includes(place))).toEqual([]);
    expect(ORDER.filter((place) => !used.has(place))).toEqual([]);
  });

  it('keeps the order of folders, by values and by types', () => {
    expect(againstOrder(ofServer, ORDER)).toEqual([]);
  });

  it('has no circles between folders', () => {
    expect(folderCircles(ofServer).map((circle) => circle.join(' '))).toEqual([]);
  });

  it('has no circles between files', () => {
    expect(circlesIn(edges).map((circle) => circle.join(' '))).toEqual([]);
  });
});

describe('the tool', () => {
  const order = ['server/low', 'server/high'];
  const file = (path: string, text: string): Source => ({ path, text });
  const value = `import { b } from '../high/b.ts';\nexport const a = b;\n`;
  const back = `import { a } from '../low/a.ts';\nexport const b = () => a;\n`;

  it.each([
    ['by values', value],
    ['by types alone', `import type { b } from '../high/b.ts';\nexport type A = typeof b;\n`],
    ['by types named one by one', `import { type b } from '../high/b.ts';\nexport type A = typeof b;\n`],
    ['by what is passed on', `export * from '../high/b.ts';\n`],
    ['by types that are passed on', `export type { b } from '../high/b.ts';\n`],
    ['by an import when it runs', `export const a = () => import('../high/b.ts');\n`],
    ['by a type imported in place', `export type A = import('../high/b.ts').B;\n`],
  ])('sees a circle %s', (_name, text) => {
    const found = edgesAmong([file('server/low/a.ts', text), file('server/high/b.ts', back)]);
    expect(circlesIn(found)).toEqual([['server/high/b.ts', 'server/low/a.ts']]);
    expect(folderCircles(found)).toEqual([['server/high', 'server/low']]);
    expect(againstOrder(found, order)).toHaveLength(1);
  });

  it('sees a circle of folders without one of files', () => {
    const found = edgesAmong([
      file('server/low/a.ts', value),
      file('server/high/b.ts', 'export const b = 1;\n'),
      file('server/high/c.ts', back),
    ]);
    expect(circlesIn(found)).toEqual([]);
    expect(folderCircles(found)).toEqual([['server/high', 'server/low']]);
  });

  it('does not take comments and texts for imports, and knows types from values', () => {
    const text = `// import { x } from './x.ts';\nexport const t = "import { y } from './y.ts'";\nimport { type T, v } from './z.ts';\nimport type { U } from './u.ts';\nexport const w: T & U = v;\n`;
    expect(importsOf(file('server/low/a.ts', text))).toEqual([
      { target: './z.ts', typeOnly: false },
      { target: './u.ts', typeOnly: true },
    ]);
  });

  it('leaves what goes down alone, and names a place that the order does not know', () => {
    const down = edgesAmong([file('server/high/b.ts', back), file('server/low/a.ts', 'export const a = 1;\n')]);
    expect([againstOrder(down, order), circlesIn(down)]).toEqual([[], []]);
    expect(againstOrder(down, ['server/high'])).toEqual(['server/low/a.ts has no place in the order of folders']);
    expect(dirname('server/low/a.ts')).toBe('server/low');
  });
});
