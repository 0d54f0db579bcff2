import { normalisePersian } from '../shared/text.ts';
import type { CustomerRow } from './customers.types.ts';

// By hand: search libraries keep an index of their own; these terms are rows, which both databases have to walk in one order.

/** Of one text, and in all of one person: bounds on what a hostile name can write. */
const LONGEST_TERM = 60;
const MOST_TERMS = 16;
/** Words of a query that are looked at; the rest would hardly narrow it. */
const MOST_WORDS = 5;

/** One spelling for searching: no case, no accents or vowel marks, no joiners. */
export const folded = (text: string): string =>
  normalisePersian(text)
    .normalize('NFKD')
    .replace(/[\p{M}\u200c]/gu, '')
    .normalize('NFC')
    .toLowerCase();

/** A term as it is stored: the hex of its bytes, since only so do both databases sort it alike under any collation. */
export const stored = (term: string): string => Buffer.from(term.slice(0, LONGEST_TERM), 'utf8').toString('hex');

/** Where the range of a prefix ends: no hex digit sorts behind "g". */
export const rangeEnd = (prefix: string): string => `${prefix}g`;

const wordsOf = (text: string): string[] =>
  folded(text)
    .split(/[^\p{L}\p{N}@._+'-]+/u)
    .filter((word) => word !== '');

const digitsOf = (text: string): string => folded(text).replace(/\D/g, '');

type Person = Pick<CustomerRow, 'email' | 'phone' | 'firstName' | 'lastName'> & { nationalPhone: string | null };

/**
 * What a person is found by: the e-mail, each word of the name, the phone with and without its country code. In stored
 * form, each once, sorted.
 */
export function termsOf({ email, phone, firstName, lastName, nationalPhone }: Person): string[] {
  const words = [
    ...(email === null ? [] : [folded(email)]),
    ...wordsOf(`${firstName ?? ''} ${lastName ?? ''}`),
    ...(phone === null ? [] : [digitsOf(phone)]),
    ...(nationalPhone === null ? [] : [digitsOf(nationalPhone)]),
  ];
  const terms = words.filter((word) => word !== '').slice(0, MOST_TERMS);
  return [...new Set(terms.map(stored))].sort();
}

/** Digits as people write a phone: with an international prefix, a trunk zero, spaces, dashes and brackets. */
const PHONE = /^\+?[\d\s()./-]{3,}$/;

/**
 * The prefixes that a query asks for, in stored form, the longest first: a customer fits who has a term for each of them.
 * Empty: the query asks for nothing.
 */
export function prefixesOf(query: string): string[] {
  const text = folded(query).trim();
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  const words = PHONE.test(text) && digits !== '' ? [digits] : wordsOf(text).slice(0, MOST_WORDS);
  return [...new Set(words.map(stored))].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}
