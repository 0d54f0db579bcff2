import { describe, expect, it } from 'vitest';
import { mutated, mutationAt, mutationsOf, switched } from './mutations.ts';

const FILE = 'shop/a.rules.ts';
/** Each mutation of a text as its kind and the line that it changes, as it is then. */
const changes = (text: string): string[] =>
  mutationsOf(FILE, text).map((mutation) => {
    const line = mutated(text, mutation).split('\n')[mutation.line - 1] ?? '';
    return `${mutation.kind}: ${line.trim()}`;
  });

describe('a place to break', () => {
  it.each([
    ['a condition', 'if (ready(a)) b = 1;', ['negate: if (!(ready(a))) b = 1;']],
    ['a choice', 'b = ready(a) ? 1 : 2;', ['negate: b = !(ready(a)) ? 1 : 2;']],
    ['a loop', 'while (more(a)) b = 1;', ['negate: while (!(more(a))) b = 1;']],
    ['a negation', 'b = !a;', ['negate: b = (a);']],
    ['a comparison', 'b = a === c;', ['compare: b = ((a) !== (c));']],
    ['a border', 'b = a < c;', ['compare: b = ((a) <= (c));']],
    ['a border in a query', 'b = gte(a, c);', ['compare: b = gt(a, c);']],
    ['and', 'b = a && c;', ['logic: b = ((a) || (c));']],
    ['or', 'b = a || c;', ['logic: b = ((a) && (c));']],
    ['a sum', 'b = a + c;', ['arithmetic: b = ((a) - (c));']],
    ['a sum in place', 'b -= c;', ['arithmetic: b += c;']],
    ['a call that is waited for', 'await save(a);', ['drop-call: ;']],
    ['a call', 'seen.add(a);', ['drop-call: ;']],
    ['a yes or no', 'b = { kept: true };', ['boolean: b = { kept: false };']],
    ['a number that is computed with', 'b = a * 2;', ['number: b = a * 3;']],
    ['a filter', 'b = a.filter(kept).map(c);', ['drop-filter: b = a.map(c);']],
  ])('is %s', (_name, text, expected) => {
    expect(changes(text)).toEqual(expected);
  });

  it('is an early return, not the last one', () => {
    const text = 'function f(a) {\n  if (ready(a)) return 1;\n  return 2;\n}';
    expect(changes(text)).toEqual(['negate: if (!(ready(a))) return 1;', 'drop-return: if (ready(a)) ;']);
  });

  it.each([
    ['types', 'type A = { b: true; c: 1 | 2 };\nlet b: A & { d: false };\ntype F = (a: true) => false;'],
    ['log lines', `logger.warn({ a: a + 1, b: true }, 'said');\ndeps.logger.info(b || c);`],
    ['what is thrown', 'throw new Error(a === b ? text(c) : String(a + 1));'],
    ['pauses', 'await nextTurn();'],
    ['texts', "b = a + 'x';\nb = `a` + c;\nb = 'x' + a + c;"],
    ['constants in two words', 'const DAY = 24 * 3_600_000;\nconst LIMIT = 5;'],
    ['the beginning of a chain that may end', 'b = a?.c.filter(kept).d;'],
  ])('is not in %s', (_name, text) => {
    expect(changes(text)).toEqual([]);
  });
});

describe('an id', () => {
  const text = 'export function f(a) {\n  const inner = () => a > 1;\n  return a > 1 || inner();\n}\n';
  const ids = (changed: string) => mutationsOf(FILE, changed).map(({ id }) => id);

  it('names file, function, kind, code and the how manieth', () => {
    expect(ids(text)).toEqual([
      `${FILE}:f.inner:compare:a > 1`,
      `${FILE}:f.inner:number:1`,
      `${FILE}:f:logic:a > 1 || inner()`,
      `${FILE}:f:compare:a > 1`,
      `${FILE}:f:number:1`,
    ]);
    expect(ids('b = a < c;\nd = a < c;')).toEqual([`${FILE}:top:compare:a < c`, `${FILE}:top:compare:a < c#2`]);
  });

  it('stays what it is when something else is edited', () => {
    const edited = `const other = !x;\n\n${text.replace('const inner', 'save(a);\n  const inner')}`;
    expect(ids(edited)).toEqual(expect.arrayContaining(ids(text)));
  });
});

describe('a mutation that is written down', () => {
  it('is found by what stands before it', () => {
    const text = 'const a = { keep: f, drop: f };';
    const mutation = mutationAt(FILE, text, { before: 'drop: ', code: 'f', instead: 'g' });
    expect(mutated(text, mutation)).toBe('const a = { keep: f, drop: g };');
  });

  it.each(['h', 'f'])('has to be there once: %s', (code) => {
    expect(() => mutationAt(FILE, 'f + f', { code, instead: 'g' })).toThrow('does not have');
  });
});

describe('all mutations behind switches', () => {
  const text = `
    function f(a, seen) {
      if (!(a > 1 && a < 5)) return 'out';
      seen.push(a + 1);
      return [1, 2, 3].filter((b) => b === a).length;
    }
    return f;`;
  const wrapped = `const make = () => {${text}\n};\n`;
  const mutations = mutationsOf(FILE, wrapped).map((mutation, number) => ({ ...mutation, number }));
  const bodyOf = (code: string) => code.slice(code.indexOf('{') + 1, code.lastIndexOf('}'));
  type Made = (a: number, seen: number[]) => unknown;
  const make = (code: string, on: number | null): Made =>
    new Function('mutantOn', bodyOf(code))((number: number) => number === on) as Made;
  const shown = (made: Made) =>
    [0, 1, 2, 3, 4, 5, 6].map((a) => {
      const seen: number[] = [];
      return [made(a, seen), seen];
    });

  it('do what each does by itself, and nothing when none is on', () => {
    const code = switched(wrapped, mutations);
    expect(mutations.length).toBeGreaterThan(8);
    expect(shown(make(code, null))).toEqual(shown(make(wrapped, null)));
    for (const mutation of mutations)
      expect(shown(make(code, mutation.number)), mutation.id).toEqual(shown(make(mutated(wrapped, mutation), null)));
  });
});
