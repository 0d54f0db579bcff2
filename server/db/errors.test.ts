import { expect, it } from 'vitest';
import { AppError } from '../shared/errors.ts';
import { foreignError, isDatabaseAway } from './errors.ts';

const coded = (code: string) => Object.assign(new Error('select secret'), { code });
const wrapped = (cause: Error) => new Error('Failed query: select secret', { cause });

it.each([
  ['08006', coded('08006')],
  ['57P01', wrapped(coded('57P01'))],
  ['57P03', coded('57P03')],
  ['ECONNREFUSED', wrapped(coded('ECONNREFUSED'))],
  ['no code', new Error('Connection terminated unexpectedly')],
  ['no code', wrapped(new Error('Client has encountered a connection error and is not queryable'))],
])('tells a database that is away from one that refuses (%s)', (_name, error) => {
  const translated = foreignError(error);
  expect(isDatabaseAway(translated)).toBe(true);
  expect(translated).toMatchObject({ code: 'database.away', retryable: true, cause: error });
  expect((translated as Error).message).not.toContain('secret');
});

it('passes errors of the app and of others on, and says which refusal may pass', () => {
  const own = new AppError('points.unknown', 'no');
  expect(foreignError(own)).toBe(own);
  const other = new TypeError('undefined is not a function');
  expect(foreignError(other)).toBe(other);
  expect(foreignError(coded('40P01'))).toMatchObject({ code: 'database.failed', retryable: true });
  expect(foreignError(coded('23505'))).toMatchObject({ code: 'database.failed', retryable: false });
  expect(isDatabaseAway(foreignError(coded('23505')))).toBe(false);
});
