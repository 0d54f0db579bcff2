import { describe, expect, test } from 'vitest';
import { AppError, badRequest, conflict, isAppError, notFound, unauthorised } from './errors.ts';

describe('AppError', () => {
  test('is an internal, final error unless told otherwise', () => {
    const error = new AppError('ledger.key_reused', 'The key was used before.');
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'AppError', code: 'ledger.key_reused', status: 500, retryable: false });
    expect(error.details).toBeUndefined();
    expect('cause' in error).toBe(false);
  });

  test('carries what the caller needs', () => {
    const cause = new Error('socket closed');
    const error = new AppError('mail.refused', 'Try later.', {
      status: 503,
      details: { field: 'to' },
      retryable: true,
      cause,
    });
    expect(error).toMatchObject({ status: 503, details: { field: 'to' }, retryable: true, cause });
  });

  test.each([
    [badRequest, 400],
    [unauthorised, 401],
    [notFound, 404],
    [conflict, 409],
  ])('helpers set the status', (make, status) => {
    expect(make('a.b', 'text', { field: 'x' })).toMatchObject({ code: 'a.b', status, details: { field: 'x' } });
    expect(make('a.b', 'text').details).toBeUndefined();
  });

  test('is told from other errors', () => {
    expect(isAppError(notFound('a.b', ''))).toBe(true);
    expect(isAppError(notFound('a.b', ''), 'a.b')).toBe(true);
    expect(isAppError(notFound('a.b', ''), 'a.c')).toBe(false);
    expect(isAppError(new Error('a.b'))).toBe(false);
  });
});
