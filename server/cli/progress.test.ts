import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { progressBar } from './progress.ts';

function terminal(isTTY: boolean) {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  const tty = {
    isTTY,
    columns: 80,
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => true,
    clearScreenDown: () => true,
  };
  return { stream: Object.assign(stream, tty) as unknown as NodeJS.WriteStream, text: () => text };
}

it('is silent where nobody watches', () => {
  const { stream, text } = terminal(false);
  const bar = progressBar('import', stream);
  bar.update(1, 2);
  bar.stop();
  expect(text()).toBe('');
});

it('draws a bar on a terminal, once the total is known', () => {
  const { stream, text } = terminal(true);
  const bar = progressBar('import', stream);
  bar.update(0, 0);
  expect(text()).toBe('');
  bar.update(1, 4, '10 rows');
  bar.update(8, 8, '80 rows');
  bar.stop();
  expect(text()).toContain('import');
  expect(text()).toContain('25%');
});

it('may be stopped before it began', () => {
  const { stream } = terminal(true);
  expect(() => progressBar('import', stream).stop()).not.toThrow();
});
