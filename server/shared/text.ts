import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Longest address that SMTP can carry (RFC 5321, as corrected). */
const MAX_EMAIL = 254;
/** Longer than any written phone number; the parser need not see more. */
const MAX_PHONE = 40;

// Deliberately loose: what a platform accepted as a customer's address should match itself, not pass an exam.
const EMAIL =
  /^[^\s@"<>()[\]\\,;:\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

/**
 * A name that nobody can have (RFC 2606). WordPress writes `deleted@site.invalid` in the place of everybody whom it makes
 * anonymous: taken for an address, it would make one customer of them all.
 */
const NOBODY = /[@.]invalid$/;

/**
 * The address by which a customer is known: trimmed and lower case; null when the text does not look like one, or is
 * nobody's.
 */
export function normaliseEmail(text: string): string | null {
  if (text.length > MAX_EMAIL * 4) return null;
  const email = text.trim().toLowerCase();
  return email.length <= MAX_EMAIL && EMAIL.test(email) && !NOBODY.test(email) ? email : null;
}

/**
 * A phone number in E.164 (`+989123456789`); null when it is not a valid number. A number without a country code is
 * read as one of `country` (ISO 3166, the shop's). Persian and Arabic digits are read; an extension is dropped.
 */
export function normalisePhone(text: string, country?: string): string | null {
  if (text.length > MAX_PHONE) return null;
  const region = country?.toUpperCase();
  const parsed = parsePhoneNumberFromString(text, {
    extract: false,
    ...(region !== undefined && isSupportedCountry(region) ? { defaultCountry: region } : {}),
  });
  return parsed?.isValid() === true ? parsed.number : null;
}

/** The digits of an E.164 number without its country code, as people at home write it; null when it is no such number. */
export const nationalNumber = (phone: string): string | null =>
  parsePhoneNumberFromString(phone)?.nationalNumber.toString() ?? null;

/** Zero of each digit block: Arabic-Indic and Persian. */
const DIGIT_ZEROS = [0x0660, 0x06f0];

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = DIGIT_ZEROS.find((start) => code >= start && code <= start + 9) ?? 0x30;
  return String(code - zero);
}

/**
 * One spelling for text that people write in several, for searching and comparing names: Arabic yeh and kaf become
 * Persian, Persian and Arabic digits become ASCII, tatweel and invisible marks go, runs of spaces become one. The
 * zero-width non-joiner stays between letters, because it is part of Persian spelling.
 */
export const normalisePersian = (text: string): string =>
  text
    .replace(/(?!\u200c)[\p{Cf}\u0640]/gu, '')
    .normalize('NFC')
    .replace(/[يى]/g, 'ی')
    .replace(/ك/g, 'ک')
    .replace(/[٠-٩۰-۹]/g, asciiDigit)
    .replace(/\u200c*\s+[\s\u200c]*/g, ' ')
    .replace(/\u200c+/g, '\u200c')
    .replace(/^[\s\u200c]+|[\s\u200c]+$/g, '');

/**
 * Text that both databases can hold: PostgreSQL refuses NUL and UTF-8 has no lone surrogates, so that each of them
 * becomes U+FFFD, the replacement character. Other text is returned as it is.
 */
export function stripNul(text: string): string {
  const formed = text.isWellFormed() ? text : text.toWellFormed();
  return formed.includes('\u0000') ? formed.replaceAll('\u0000', '\ufffd') : formed;
}

/** The first `max` UTF-16 units of a text, one less where the cut would split a character in two. */
export function bounded(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  const splits = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splits ? max - 1 : max);
}
