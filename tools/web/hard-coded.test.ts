import { expect, it } from 'vitest';
import { hardCodedIn } from './hard-coded.ts';

const words = (text: string): string[] => hardCodedIn('a.tsx', text).map((one) => one.words);

it.each([
  ['words between tags', '<p>Hello there</p>', 'Hello there'],
  ['words beside a value', '<p>{count} orders</p>', 'orders'],
  ['a text in braces', `<p>{'Hello'}</p>`, 'Hello'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code that is looked at
  ['a template', '<p>{`${count} orders`}</p>', '… orders'],
  ['a choice', `<p>{open ? 'Open' : t('closed')}</p>`, 'Open'],
  ['what stands in for nothing', `<p>{name ?? 'Nobody'}</p>`, 'Nobody'],
  ['a label', '<Field label="Name" />', 'Name'],
  ['a label in braces', `<Field label={'Name'} />`, 'Name'],
  ['a label for screen readers', '<nav aria-label="Pages" />', 'Pages'],
  ['a placeholder', '<input placeholder="Search" />', 'Search'],
  ['an action that is handed on', `<Page primaryAction={{ content: 'Save' }} />`, 'Save'],
  ['Persian as well', '<p>سلام</p>', 'سلام'],
])('finds %s', (_name, jsx, found) => expect(words(`const A = () => ${jsx};`)).toEqual([found]));

it.each([
  ['a text of a catalog', `<p title={t('a.b')}>{t('c')}</p>`],
  ['signs', '<p>· × – {count}%</p>'],
  ['what machines read', '<a href="/x" className="y" rel="home" data-z="w">{value}</a>'],
  ['a comparison', `<p>{kind === 'order' && <b>{t('x')}</b>}</p>`],
  ['spaces', `<p>{' '}</p>`],
  ['fields that nobody reads', `<A query={{ key: 'orders', state: 'open' }} />`],
])('leaves %s alone', (_name, jsx) => expect(words(`const A = () => ${jsx};`)).toEqual([]));
