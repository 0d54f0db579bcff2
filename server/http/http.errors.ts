import { AppError, unauthorised } from '../shared/errors.ts';

/** Why a caller was not let in; the part of the code after the dot. */
export type AuthReason =
  | 'missing'
  | 'malformed'
  | 'signature'
  | 'expired'
  | 'not_yet'
  | 'audience'
  | 'issuer'
  | 'key'
  | 'shop';

const SENTENCES: Record<AuthReason, string> = {
  missing: 'This needs "Authorization: Bearer" with a session token or an API key.',
  malformed: 'This is neither a session token nor an API key.',
  signature: 'The session token is not signed by this app.',
  expired: 'The session token has expired. Get a new one and try again.',
  not_yet: 'The session token is not valid yet. Check the clock of whoever made it.',
  audience: 'The session token is for another app.',
  issuer: 'The session token does not name one shop.',
  key: 'There is no such API key, or it was revoked.',
  shop: 'The app is not installed in this shop.',
};

export const refused = (reason: AuthReason) => unauthorised(`auth.${reason}`, SENTENCES[reason]);

export const tooMany = (seconds: number) =>
  new AppError('api.rate_limited', `Too many requests. Try again in ${seconds} seconds.`, {
    status: 429,
    retryable: true,
    details: { retryAfter: seconds },
  });

const STATUS = { content_type: 415, too_large: 413, json: 400, idempotency_key: 400 } as const;
const INPUT: Record<keyof typeof STATUS, string> = {
  content_type: 'A body has to be JSON: send "Content-Type: application/json".',
  too_large: 'The body is larger than 256 KB.',
  json: 'The body is not valid JSON.',
  idempotency_key: 'An Idempotency-Key is 1 to 255 printable characters.',
};

export const brokenOff = () =>
  new AppError('api.broken_off', 'The file did not come to its end. Send it again.', { status: 400 });

export const fileTooLarge = (megabytes: number) =>
  new AppError('api.too_large', `The file is larger than ${megabytes} MB. Compress it with gzip, or split it.`, {
    status: 413,
    details: { field: 'body', reason: `at most ${megabytes} MB` },
  });

export const badInput = (what: keyof typeof STATUS) =>
  new AppError(`api.${what}`, INPUT[what], { status: STATUS[what], details: { field: what, reason: INPUT[what] } });

export type Fault = { field: string; reason: string };

/** A part of the request that its contract does not know. The first fault stands in front; all are listed. */
export const invalid = (faults: readonly Fault[]) => {
  const { field, reason } = faults[0] ?? { field: '', reason: 'it does not fit' };
  return new AppError('api.invalid', `${field === '' ? 'The request' : `"${field}"`}: ${reason}.`, {
    status: 400,
    details: { field, reason, fields: faults },
  });
};
