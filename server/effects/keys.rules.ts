import { sha256Hex } from '../shared/canonical.ts';
import { AppError } from '../shared/errors.ts';

/** Our ids, the platforms' ids, numbers, days, and words of our own: no address, no name, no free text fits. */
const PART = /^[a-z0-9][a-z0-9._-]{0,63}$/i;
const MOST_PARTS = 8;

/**
 * A key of parts that are ids or words of ours, so that it may be kept for good: personal data does not fit in.
 * @throws AppError effects.bad_key
 */
export function keyOf(...parts: readonly string[]): string {
  if (parts.length === 0 || parts.length > MOST_PARTS || !parts.every((part) => PART.test(part)))
    throw new AppError('effects.bad_key', 'A key is made of ids: letters, digits, dots, dashes; 64 characters each.');
  return parts.join(':');
}

/** Stands for a text of the merchant's (a tag, a code) in a key. Not for anything of a person: that could be guessed. */
export const fingerprint = (text: string): string => sha256Hex(text).slice(0, 16);
