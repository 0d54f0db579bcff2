import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { addLogFields, logFields, withLogFields } from './logger.context.ts';
import { createLogger } from './logger.ts';

function recorder() {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  return { lines, log: createLogger({ level: 'info', destination }) };
}

test('lines of the work at hand carry its fields, after a wait and in a child too, and no others do', async () => {
  const { lines, log } = recorder();
  const work = (request: string) =>
    withLogFields({ request }, async () => {
      await nextTurn();
      addLogFields({ shop: request.length });
      log.child({ part: 'x' }).info({ own: 1 }, request);
    });
  await Promise.all([work('a'), work('bb')]);
  log.info('outside');
  expect(lines.map(({ time: _time, level: _level, ...rest }) => rest)).toEqual([
    { request: 'a', shop: 1, part: 'x', own: 1, msg: 'a' },
    { request: 'bb', shop: 2, part: 'x', own: 1, msg: 'bb' },
    { msg: 'outside' },
  ]);
});

test('work inside adds to the fields of the work around it, which stay as they were', () => {
  withLogFields({ request: 'a' }, () => {
    withLogFields({ job: 'b' }, () => expect(logFields()).toEqual({ request: 'a', job: 'b' }));
    expect(logFields()).toEqual({ request: 'a' });
  });
  addLogFields({ lost: true });
  expect(logFields()).toEqual({});
});

test('a line’s own field wins, and what is written into a line stays in it', () => {
  const { lines, log } = recorder();
  withLogFields({ shop: 1 }, () => {
    log.info({ shop: 2 }, 'x');
    log.info('y');
  });
  expect(lines.map(({ shop }) => shop)).toEqual([2, 1]);
});

test('personal data and secrets are left out here as everywhere', () => {
  const { lines, log } = recorder();
  withLogFields({ email: 'ada@example.test', id: 'ada@example.test' }, () => {
    addLogFields({ accessToken: 'shpat_abc', note: 'Ada' });
    log.info('x');
  });
  expect(JSON.stringify(lines)).not.toMatch(/ada|Ada|shpat/);
});
