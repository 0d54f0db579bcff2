// The texts as a test: nothing is said that is in no catalog, and nothing is in a catalog that is not said.
import { describe, expect, it } from 'vitest';
import { english as saidInEnglish, persian as saidInPersian } from '../../server/words/said/texts.ts';
import english from '../../web/src/i18n/en/index.ts';
import persian from '../../web/src/i18n/fa/index.ts';
import { hardCodedIn } from './hard-coded.ts';
import { fits, keysOf, type Use, usesIn } from './keys.ts';
import { filesBelow } from './sources.ts';

const codeBelow = (folder: string) => filesBelow(folder, /(?<!\.(?:test|dbtest)|fixtures|\.d)\.tsx?$/);
const sources = codeBelow('web/src');
const server = codeBelow('server').filter(({ path }) => !path.startsWith('server/words/'));

type Texts = Readonly<Record<string, Record<string, unknown>>>;
const catalogsOf = (en: Texts, fa: Texts) =>
  Object.entries(en).map(([name, texts]) => ({ name, english: keysOf(texts), persian: keysOf(fa[name] ?? {}) }));

/** The two who say something, each with the catalogs that it has. */
const speakers = [
  { who: 'the admin', files: sources, catalogs: catalogsOf(english, persian) },
  {
    who: 'the server',
    files: server.filter(({ text }) => text.includes('/words/said/texts.ts')),
    catalogs: catalogsOf(saidInEnglish, saidInPersian),
  },
];

const meant = ({ namespace, key: asked }: Use, name: string, key: string): boolean =>
  (namespace === null || namespace === name) && fits(asked, key);

describe.each(speakers)('every text of $who', ({ files, catalogs }) => {
  const uses = files.map(({ path, text }) => ({ path, ...usesIn(path, text) }));
  const all = catalogs.flatMap(({ name, english: texts }) => [...texts.keys()].map((key) => ({ name, key })));

  it('that is asked for is in a catalog', () => {
    const lost = uses.flatMap(({ path, asked }) =>
      asked
        .filter((use) => !all.some(({ name, key }) => meant(use, name, key)))
        .map(({ namespace, key, line }) => `${path}:${line} ${namespace ?? '?'}:${key.replaceAll('\0', '…')}`),
    );
    expect(uses.length).toBeGreaterThan(0);
    expect(lost).toEqual([]);
  });

  it('in a catalog is asked for', () => {
    const asked = uses.flatMap((one) => one.asked);
    const mentioned = uses.flatMap((one) => one.mentioned);
    const idle = all.filter(
      ({ name, key }) =>
        // Asked for by the server's codes; a test below looks at them.
        name !== 'reasons' &&
        !asked.some((use) => meant(use, name, key)) &&
        !mentioned.some((one) => fits(one, key) || fits(one, `${name}:${key}`)),
    );
    expect(idle.map(({ name, key }) => `${name}:${key}`)).toEqual([]);
  });
});

describe('every text of the admin', () => {
  it('is in a catalog, not in the code', () => {
    const said = sources.flatMap(({ path, text }) =>
      path.endsWith('.tsx') ? hardCodedIn(path, text).map(({ line, words }) => `${path}:${line} ${words}`) : [],
    );
    expect(said).toEqual([]);
  });

  it('about a code of the server’s speaks of one that there is', () => {
    const code = server.map(({ text }) => text).join('\n');
    const invented = [...keysOf(english.reasons).keys()].filter((key) => {
      const [feature, ...words] = key.split('_');
      const word = words.join('_');
      // Some are put together: the feature in one place, the word in another.
      return ![`'${feature}.${word}'`, ...(word === '' ? [`'${feature}'`] : [`'${word}'`])].some((one) =>
        code.includes(one),
      );
    });
    expect(invented).toEqual([]);
  });
});

it('every action of the audit log has words', () => {
  const recording = server.filter(({ text }) => text.includes('recordAction('));
  const actions = recording.flatMap(({ text }) =>
    [...text.matchAll(/\baction: '([a-z._-]+)'/g)].map(([, action = '']) => action),
  );
  expect(actions).toContain('program.change');
  const words = Object.keys(english.activity.audit.actions);
  expect(actions.filter((action) => !words.includes(action.replaceAll('.', '_')))).toEqual([]);
});

const PLACEHOLDER = /\{\{\s*(\w+)[^}]*\}\}/g;
const placeholdersIn = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name).sort();

/** Names, units and words of machines that stand in a Persian text as they are. */
const LATIN = new Set([
  ...['CSV', 'JSON', 'API', 'REST', 'gzip', 'RFM', 'AOV', 'CLV', 'CRR', 'LTV', 'CAC', 'Bazgasht', 'English'],
  ...['http', 'https', 'APP_URL', 'EUR', 'IRR', 'IRT', 'Authorization', 'Apache', 'htaccess', 'nginx', 'PHP', 'FPM'],
  ...['order_id', 'customer', 'email', 'created_at', 'total', 'currency', 'product', 'quantity', 'price', 'title'],
]);
/** Code, addresses and paths. */
const MACHINE = /`[^`]*`|https?:\/\/[\w./-]*|\/[\w-]+\/|(?:\w+\.)+(?:example|test)\b/g;

describe.each(speakers.flatMap(({ catalogs }) => catalogs))(
  'the texts of $name',
  ({ english: texts, persian: farsi }) => {
    it('have the same places to fill in in both languages', () => {
      const differing = [...texts].filter(
        ([key, text]) => placeholdersIn(text).join() !== placeholdersIn(farsi.get(key) ?? '').join(),
      );
      expect(differing.map(([key]) => key)).toEqual([]);
    });

    it('say something', () => {
      expect([...texts, ...farsi].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
    });

    it('have all plural forms', () => {
      const keys = [...texts.keys()];
      const pairs: Record<string, string> = { _one: '_other', _other: '_one' };
      const single = keys.filter((key) => {
        const [ending] = /_(?:one|other)$/.exec(key) ?? [];
        return ending !== undefined && !keys.includes(key.slice(0, -ending.length) + pairs[ending]);
      });
      expect(single).toEqual([]);
    });

    it('are Persian in Persian, with its own letters, digits and marks', () => {
      const foreign = [...farsi].flatMap(([key, text]) => {
        const own = text.replace(PLACEHOLDER, ' ').replace(MACHINE, ' ');
        const words = (own.match(/[A-Za-z][A-Za-z_]*/g) ?? []).filter((word) => !LATIN.has(word));
        // Arabic kaf and yeh look alike and are found by no search; digits and marks have Persian ones.
        const marks = own.match(/[كي0-9?;,%"]/g) ?? [];
        return [...words, ...marks].map((word) => `${key}: ${word}`);
      });
      expect(foreign).toEqual([]);
    });
  },
);
