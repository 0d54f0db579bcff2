import { z } from 'zod';
import { bounded, normaliseEmail, normalisePhone, stripNul } from '../shared/text.ts';

/**
 * Last millisecond of the year 2199, as in files: whatever follows from an instant (an expiry, the year that a tier is kept)
 * stays in the calendar, and a shop's months stay few enough to be gone through.
 */
const MAX_INSTANT = Date.UTC(2200, 0, 1) - 1;
/**
 * The most entries of one list. Shopify allows 500 lines an order and 250 variants or tags of most things; edits and
 * returns add to that, and a body of 2 MB holds about 2,000 real lines.
 */
export const MAX_ENTRIES = 2_000;

const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/;
const DIGITS = /^[1-9]\d{0,19}$/;
const CURRENCY = /^[A-Z]{3}$/;
const COUNTRY = /^[A-Z]{2}$/;

/** An amount as it stands in the payload, in currency units. */
export type RawAmount = string | number | null;

// --- Single values, whatever the platform ---------------------------------------------------------------------------

/** ISO 8601 → epoch ms; a time without an offset counts as UTC. Null for anything else. */
export function toInstant(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const match = INSTANT.exec(value);
  if (match === null) return null;
  const iso = value.replace(' ', 'T');
  const instant = Date.parse(match[1] === undefined ? `${iso}Z` : iso);
  return instant >= 0 && instant <= MAX_INSTANT ? instant : null;
}

/** Text of at most `max` characters that both databases can hold; null when there is none. */
export function toText(value: unknown, max: number): string | null {
  const text = typeof value === 'string' ? value : Number.isFinite(value) ? String(value) : '';
  return stripNul(bounded(text, max)).trim() || null;
}

/** A positive whole number, or its digits where the number would not fit a double; null for anything else. */
export function toId(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : null;
  return typeof value === 'string' && DIGITS.test(value) ? value : null;
}

/** Three capital letters, or null. */
export const toCurrency = (value: unknown): string | null =>
  typeof value === 'string' && CURRENCY.test(value) ? value : null;

/** Two capital letters, or null. */
export const toCountry = (value: unknown): string | null =>
  typeof value === 'string' && COUNTRY.test(value) ? value : null;

/** The normalised address; null when it is none. */
export const toEmail = (value: unknown): string | null =>
  typeof value === 'string' && value.isWellFormed() ? normaliseEmail(value) : null;

/** A number in E.164, with `country` for one written without a country code; null when it is not a phone number. */
export const toPhone = (value: string | null, country: string | null): string | null =>
  value === null ? null : normalisePhone(value, country ?? undefined);

/** Whether a value may be an amount. */
export const isAmount = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

/** A piece of a zod shape that takes an absent field for null and never fails. */
export const piece = <T>(read: (value: unknown) => T) => z.unknown().optional().transform(read);
