import { z } from 'zod';
import { minorDigits, parseMinor } from '../../../shared/money.ts';
import {
  isAmount,
  MAX_ENTRIES,
  piece,
  type RawAmount,
  toCountry,
  toCurrency,
  toEmail,
  toId,
  toInstant,
  toText,
} from '../../fields.ts';
import { isJson } from '../../json.ts';
import { refusalsOf } from '../../refusals.ts';

/** What PHP writes where there is nothing. */
const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === false || value === '' || (Array.isArray(value) && !value.length);

/** WordPress's date of nothing. */
const NO_DATE = /^0000-00-00/;
/** More than a shop sells of one thing in one order; keeps products of prices exact. */
const MAX_QUANTITY = 1_000_000;

// --- Pieces of zod shapes: each takes what PHP writes for nothing as null, and fails only where it says so -----------

export const text = (max: number) => piece((value) => toText(value, max));
export const email = piece(toEmail);
export const yes = piece((value) => value === true || value === 1 || value === '1' || value === 'yes');
/** ISO 3166 in capital letters; null for anything else. */
export const country = piece((value) => toCountry(typeof value === 'string' ? value.toUpperCase() : value));
/** The id of something else; null where there is none (0). */
export const reference = piece(toId);
/** A naive time in UTC, as all `…_gmt` fields are; null when there is none, and anything that is no time fails. */
export const gmt = z
  .unknown()
  .optional()
  .transform((value, context): number | null => {
    if (isNothing(value) || (typeof value === 'string' && NO_DATE.test(value))) return null;
    const at = toInstant(value);
    if (at !== null) return at;
    context.addIssue({ code: 'custom', message: 'a time' });
    return z.NEVER;
  });
/** The id of the thing itself: without one it is of no use. */
export const ownId = z
  .unknown()
  .optional()
  .transform((value, context): string => {
    const id = toId(value);
    if (id !== null) return id;
    context.addIssue({ code: 'custom', message: 'an id' });
    return z.NEVER;
  });
/** An amount as text or number; null when there is none, and any other type fails. */
export const amount = z
  .unknown()
  .optional()
  .transform((value, context): RawAmount => {
    if (isNothing(value)) return null;
    if (isAmount(value)) return value;
    context.addIssue({ code: 'custom', message: 'an amount' });
    return z.NEVER;
  });
/** The currency's code; null when there is none, and anything that is none fails. */
export const currency = z
  .unknown()
  .optional()
  .transform((value, context): string | null => {
    if (isNothing(value)) return null;
    const code = toCurrency(value);
    if (code !== null) return code;
    context.addIssue({ code: 'custom', message: 'a currency code of three letters' });
    return z.NEVER;
  });
/** How many, in whole things: plug-ins sell by weight, refunds count backwards; one where it is not said. */
export const quantity = z
  .unknown()
  .optional()
  .transform((value, context): number => {
    const count = isNothing(value) ? 1 : isAmount(value) ? Math.abs(Number(value)) : Number.NaN;
    if (count <= MAX_QUANTITY) return Math.round(count);
    context.addIssue({ code: 'custom', message: 'a number of things' });
    return z.NEVER;
  });

/** PHP writes a list whose keys have gaps as an object. */
const entriesOf = (value: unknown): unknown =>
  isNothing(value) ? [] : isJson(value) ? Object.values(value).slice(0, MAX_ENTRIES + 1) : value;

/** A list of at most MAX_ENTRIES; nothing is an empty one. */
export const list = <T extends z.ZodType>(entry: T) => z.preprocess(entriesOf, z.array(entry).max(MAX_ENTRIES));

/** A group of fields; whatever is none is one without fields. */
export const group = <T extends z.ZodRawShape>(shape: T) =>
  z.preprocess((value) => (isJson(value) ? value : {}), z.object(shape));

/** `meta_data` as a look-up; of a key that comes twice the last counts. Never fails. */
export const meta = piece((value): ReadonlyMap<string, unknown> => {
  const entries = entriesOf(value);
  const found = new Map<string, unknown>();
  for (const entry of Array.isArray(entries) ? entries.slice(0, MAX_ENTRIES) : [])
    if (isJson(entry) && typeof entry.key === 'string') found.set(entry.key, entry.value);
  return found;
});

// --- Refusals ------------------------------------------------------------------------------------------------------

/** How a payload is checked, and what is said where it cannot be used: see refusalsOf. */
export const { refuseField, need, shaped } = refusalsOf('WooCommerce', MAX_ENTRIES);

/** Reads amounts of one payload into minor units, of either sign; nothing is 0. */
export type Cash = (value: RawAmount, field: string) => number;

/** A reader of amounts in a currency. It throws DeliveryRefused for what is not a plain decimal in ASCII digits. */
export const cashIn =
  (what: string, currency: string): Cash =>
  (value, field) => {
    if (value === null) return 0;
    try {
      return parseMinor(typeof value === 'string' ? value.trim() : value, currency);
    } catch {
      throw refuseField(what, field, `an amount such as ${minorDigits(currency) === 0 ? '1230' : '12.30'}`);
    }
  };

/** An amount that was computed; one too large to be exact is refused. */
export function exact(value: number, what: string, field: string): number {
  if (!Number.isSafeInteger(value)) throw refuseField(what, field, 'an amount that money can have');
  return value;
}
