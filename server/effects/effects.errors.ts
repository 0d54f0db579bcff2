import { AppError } from '../shared/errors.ts';

type Options = {
  /** The least time to wait before the next attempt, in ms: what a `Retry-After` said. */
  inMs?: number;
  cause?: unknown;
};

/**
 * What was to be done has surely not been done, and may be later: the name was not found, the connection refused, the
 * provider answered that it is busy. The only failure after which an effect is simply tried again; any other error of a
 * port counts as a lost answer, after which it may have happened. The message is for the merchant.
 */
export class NotSent extends AppError {
  readonly inMs: number;

  constructor(code: string, message: string, { inMs = 0, cause }: Options = {}) {
    super(code, message, cause === undefined ? { retryable: true } : { retryable: true, cause });
    this.inMs = inMs;
  }
}
