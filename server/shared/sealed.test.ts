import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SEALED, SEALED_ELSEWHERE } from './sealed.ts';

const root = join(import.meta.dirname, '..');
/** `vault.seal(what, context)`, and open and rotate; the context as it is written there. */
const CALL =
  /\bvault\.(?:seal|open|rotate)\(\s*[^,()]*(?:\([^()]*\)[^,()]*)?,\s*(?<context>`[^`]*`|'[^']*'|\w+\(\w+\)|[^)]+)\)/g;

const contextsIn = (text: string): string[] =>
  [...text.matchAll(CALL)].map(({ groups }) =>
    String(groups?.context)
      .replace(/^[`']|[`']$/g, '')
      .replace(/\$\{[^}]*\}/g, '*'),
  );

const known = new Set([
  ...SEALED.map(({ context }) => context({ id: '*', shopId: '*' })),
  ...Object.keys(SEALED_ELSEWHERE),
  // Where the list itself is used.
  'context(row)',
]);

test('everything that is sealed or opened anywhere has its context in the list, so that keys can rotate', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.(test|dbtest|fixtures)\.ts$/.test(file),
  );
  const used = files.flatMap((file) =>
    contextsIn(readFileSync(join(root, file), 'utf8')).map((context) => ({ file, context })),
  );
  expect(used.length).toBeGreaterThan(3);
  expect(
    used.filter(({ context }) => !known.has(context)),
    'add the column to SEALED in shared/sealed.ts',
  ).toEqual([]);
});

test('a context that the list does not have is noticed', () => {
  const place = ['`shop:$', '{id}:other`'].join('');
  const text = `const x = vault.seal(await secret(shop), ${place}); vault.open(sealed, "y")`;
  expect(contextsIn(text)).toEqual(['shop:*:other', '"y"']);
});
