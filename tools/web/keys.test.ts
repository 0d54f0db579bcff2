import { describe, expect, it } from 'vitest';
import { fits, keysOf, usesIn } from './keys.ts';

const asked = (text: string) =>
  usesIn('a.tsx', text).asked.map(({ namespace, key }) => [namespace, key.replaceAll('\0', '*')]);

describe('what a file asks for', () => {
  it.each([
    [
      'of its namespace',
      `function A() { const { t } = useTranslation('home'); return t('title'); }`,
      [['home', 'title']],
    ],
    [
      'of the usual one',
      `function A() { const { t } = useTranslation(); return <p>{t('a.b')}</p>; }`,
      [['common', 'a.b']],
    ],
    [
      'of the first of several',
      `const A = () => { const { t } = useTranslation(['home', 'x']); t('a'); }`,
      [['home', 'a']],
    ],
    ['of another by name', `function A() { const { t } = useTranslation('home'); t('common:b'); }`, [['common', 'b']]],
    [
      'of another by option',
      `function A() { const { t } = useTranslation(); t('b', { ns: 'home' }); }`,
      [['home', 'b']],
    ],
    ['under another name', `function A() { const { t: say } = useTranslation('home'); say('b'); }`, [['home', 'b']]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code that is looked at
    ['put together', 'function A() { const { t } = useTranslation(); t(`nav.${page}.x`); }', [['common', 'nav.*.x']]],
    [
      'one or the other',
      `const f = (t) => t(a ? 'x' : 'y');`,
      [
        [null, 'x'],
        [null, 'y'],
      ],
    ],
    ['with a name for a type', `const f = (t) => t('x' as const);`, [[null, 'x']]],
    [
      'inside of functions inside',
      `function A() { const { t } = useTranslation('home'); return () => t('b'); }`,
      [['home', 'b']],
    ],
    ['of the server', `const page = (l) => { const t = textsOf('start', l); return t('a.b'); };`, [['start', 'a.b']]],
    ['of the instance', `i18n.t('x.y');`, [[null, 'x.y']]],
  ])('is found: a text %s', (_name, text, keys) => expect(asked(text)).toEqual(keys));

  it('keeps two components apart', () => {
    const text = `function A() { const { t } = useTranslation('home'); return t('a'); }
      function B() { const { t } = useTranslation('settings'); return t('b'); }`;
    expect(asked(text)).toEqual([
      ['home', 'a'],
      ['settings', 'b'],
    ]);
  });

  it('leaves other functions alone', () => expect(asked(`const u = set('a.b'); at('c');`)).toEqual([]));

  it('mentions keys that are handed on', () => {
    expect(usesIn('a.ts', `const LABELS = { a: 'range.last7', b: './x.ts' };`).mentioned).toEqual(['range.last7']);
  });

  it('takes nothing that could be any key for one', () => {
    expect(usesIn('a.ts', 'const name = `' + '$' + '{id}.' + '$' + '{kind}`;').mentioned).toEqual([]);
  });

  it('knows the line', () => expect(usesIn('a.ts', `\n\nconst f = (t) => t('x');`).asked[0]?.line).toBe(3));
});

it.each([
  ['a.b', 'a.b', true],
  ['a.b', 'a.c', false],
  ['a.b', 'a.b_one', true],
  ['a.b', 'a.b_only', false],
  ['a.\0', 'a.b', true],
  ['a.\0.c', 'a.b.c', true],
  ['a.\0.c', 'a.b.d', false],
  ['a.\0', 'ab', false],
  ['a.\0', 'a.b_other', true],
])('%j asks for %s: %s', (use, key, expected) => expect(fits(use, key)).toBe(expected));

it('names nested texts by their way', () => {
  expect([...keysOf({ a: { b: 'x' }, c: 'y', d: ['1', '2'] })]).toEqual([
    ['a.b', 'x'],
    ['c', 'y'],
    ['d', '1\n2'],
  ]);
});
