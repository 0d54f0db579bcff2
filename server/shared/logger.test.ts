import { describe, expect, test } from 'vitest';
import { AppError } from './errors.ts';
import { createLogger, type Logger, type LogLevel } from './logger.ts';

function logged(write: (log: Logger) => void, level: LogLevel = 'trace', pretty = false) {
  const lines: string[] = [];
  write(createLogger({ level, pretty, destination: { write: (line) => void lines.push(line) } }));
  return lines;
}
const parsed = (write: (log: Logger) => void) => JSON.parse(logged(write)[0] ?? 'null') as Record<string, unknown>;

/** Things that must never reach the log, and every way we could think of to log them. */
const SECRETS = [
  'sara@example.com',
  '+989123456789',
  '09123456789',
  'Sara Karimi',
  'shpat_abc',
  'Valiasr 12',
  '۰۹۱۲۳۴۵۶۷۸۹',
];
const customer = {
  id: 'c1',
  email: 'sara@example.com',
  phone: '+989123456789',
  mobile_number: 9_123_456_789,
  name: 'Sara Karimi',
  first_name: 'Sara Karimi',
  lastName: ['Sara Karimi'],
  billing_address: { line: 'Valiasr 12' },
  address2: 'Valiasr 12',
  accessToken: 'shpat_abc',
  api_secret: 'shpat_abc',
  Authorization: 'Bearer shpat_abc',
  'x-shopify-hmac-sha256': 'shpat_abc',
  headers: { cookie: 'shpat_abc' },
  body: '{"email":"sara@example.com","x":"shpat_abc"}',
  password: 'shpat_abc',
};
const failure = new Error('sara@example.com and 09123456789 failed', {
  cause: new AppError('sms.refused', 'no route to +98 912 345 6789 / ۰۹۱۲۳۴۵۶۷۸۹', { details: customer }),
});
const query = new Error('Failed query: insert into t values (?)\nparams: Sara Karimi,\n    at shpat_abc');

const WAYS: [string, (log: Logger) => void][] = [
  ['at the top', (log) => log.info(customer, 'x')],
  ['two levels down', (log) => log.info({ a: { customer } })],
  ['four levels down', (log) => log.info({ a: { b: { c: customer } } })],
  ['deeper than the bound', (log) => log.info({ a: { b: { c: { d: { e: { f: 'Sara Karimi' } } } } } })],
  ['in a list', (log) => log.info({ customers: [customer, [customer]] })],
  ['in a child', (log) => log.child({ customer }).child(customer).info('x')],
  ['in the message', (log) => log.info('sara@example.com called from +98 (912) 345-6789 or 0912 or 09123456789')],
  ['in the message beside fields', (log) => log.warn({}, 'mail <sara@example.com> ۰۹۱۲۳۴۵۶۷۸۹')],
  ['in another text', (log) => log.info({ url: '/u?email=sara@example.com', dial: 'tel:09123456789' })],
  ['as a key', (log) => log.info({ seen: { 'sara@example.com': 1, '+989123456789': 2 } })],
  ['as an error', (log) => log.error(failure)],
  ['as an error with a message', (log) => log.error(failure, 'failed for sara@example.com')],
  ['as a field', (log) => log.error({ err: failure })],
  ['as a nested field', (log) => log.error({ job: { error: failure } }, 'x')],
  ['as a failed statement', (log) => log.error(query)],
  ['as a failed statement beneath', (log) => log.error(new Error('no', { cause: query }))],
  ['as a broken constraint', (log) => log.error(new Error('Key (email)=(Sara Karimi) exists'))],
  ['as bytes', (log) => log.info({ raw: Buffer.from('Sara Karimi'), map: new Map([['a', 'Sara Karimi']]) })],
  ['with its own serialiser', (log) => log.info({ x: { toJSON: () => 'Sara Karimi' } })],
  [
    'as a class',
    (log) =>
      log.info({
        x: new (class Customer {
          label = 'Sara Karimi';
        })(),
      }),
  ],
];

describe('nothing personal and no secret leaks', () => {
  test.each(WAYS)('%s', (_, write) => {
    for (const pretty of [false, true]) {
      const lines = logged(write, 'trace', pretty);
      expect(lines).toHaveLength(1);
      for (const secret of SECRETS) expect(lines[0]).not.toContain(secret);
      expect(lines[0]).not.toMatch(/9123456789|912 345|\(912\)/);
    }
  });
});

test('keeps what operators need', () => {
  const fields = {
    shop: 's1',
    order: 5123456789012,
    deliveryId: '5123456789012',
    rate: 1.5,
    missing: null,
    email: null,
    at: new Date(0),
    n: 5n,
  };
  expect(
    parsed((log) => log.child({ topic: 'orders/paid' }).info({ ...fields, hasPhone: true }, 'order applied in 0.25 s')),
  ).toEqual({
    ...fields,
    at: '1970-01-01T00:00:00.000Z',
    n: '5',
    hasPhone: true,
    topic: 'orders/paid',
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    msg: 'order applied in 0.25 s',
  });
});

test('errors become type, code, message and stack', () => {
  const { err, msg } = parsed((log) => log.error(failure));
  expect(msg).toBe('[email] and [phone] failed');
  expect(err).toMatchObject({
    type: 'Error',
    message: '[email] and [phone] failed',
    stack: expect.stringMatching(/^ {4}at /),
    cause: { type: 'AppError', code: 'sms.refused', message: 'no route to [phone] / [phone]' },
  });
  expect(err).not.toHaveProperty('cause.details');
});

test('bounds long lists and texts', () => {
  const line = logged((log) => log.info({ list: Array(10_000).fill('x'), text: 'x'.repeat(100_000) }))[0] ?? '';
  expect(line.length).toBeLessThan(6_000);
});

test('is silent below its level', () => {
  expect(logged((log) => log.info('x'), 'warn')).toEqual([]);
  expect(logged((log) => log.child({ a: 1 }).warn('x'), 'warn')).toHaveLength(1);
  expect(logged((log) => log.fatal('x'), 'silent')).toEqual([]);
});

test('pretty lines are for people', () => {
  expect(logged((log) => log.warn({ shop: 's1' }, 'late'), 'info', true)[0]).toMatch(
    /^\d\d:\d\d:\d\d warn {2}late {"shop":"s1"}\n$/,
  );
});
