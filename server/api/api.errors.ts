import { AppError, conflict, notFound } from '../shared/errors.ts';

export const outOfScope = (needed: string) =>
  new AppError('auth.scope', `This needs a key with the scope "${needed}".`, { status: 403, details: { needed } });

export const keyReused = () =>
  conflict('api.key_reused', 'This Idempotency-Key was used for something else. Use a new one.', {
    field: 'Idempotency-Key',
  });

export const shownAlready = () =>
  conflict('api.shown_once', 'An earlier request made this key, and it was shown then. Revoke it, and make another.');

export const keyTooWide = (needed: string) =>
  new AppError('auth.scope', `Only a key with the scope "${needed}" can make one.`, {
    status: 403,
    details: { needed },
  });

export const unknownKey = (id: string) => notFound('api.unknown_key', `The shop has no API key "${id}".`);
