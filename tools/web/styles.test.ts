import { describe, expect, it } from 'vitest';
import { filesBelow } from './sources.ts';
import { sidedIn } from './styles.ts';

const sided = (declaration: string): boolean => sidedIn('a.css', `.a { ${declaration} }`).length > 0;

it('no style of ours names a side of the screen', () => {
  const files = filesBelow('web/src', /\.css$/);
  expect(files.length).toBeGreaterThan(3);
  expect(files.flatMap(({ path, text }) => sidedIn(path, text))).toEqual([]);
});

describe('what names a side', () => {
  it.each([
    ...['margin-left: 1px', 'padding-right: 0', 'left: 0', 'right: 2px', 'border-left: 1px solid', 'text-align: left'],
    ...['border-top-left-radius: 2px', 'float: right', 'margin: 0 1px 0 2px', 'padding: 1px 2px 3px var(--a, 4px)'],
    ...['inset: 0 0 0 auto', 'scroll-margin-left: 1px', 'justify-content: left'],
  ])('%s', (declaration) => expect(sided(declaration)).toBe(true));

  it.each([
    ...[
      'margin-inline-start: 1px',
      'padding: 1px 2px',
      'margin: 1px 2px 3px',
      'inset-inline-end: 0',
      'text-align: start',
    ],
    ...['margin: 0 1px 2px 1px', 'padding: 0 calc(1px + 2px) 0 calc(1px + 2px)', 'background-position: left top'],
    ...['--left: 1px', 'justify-content: center'],
  ])('not %s', (declaration) => expect(sided(declaration)).toBe(false));
});
