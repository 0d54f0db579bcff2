import { parseMinor } from '../shared/money.ts';
import { bounded, normaliseEmail, normalisePhone, stripNul } from '../shared/text.ts';
import { readInstant } from './imports.dates.ts';
import { rowError } from './imports.errors.ts';
import type { CsvRow } from './imports.types.ts';

const MAX_ID = 255;
const MAX_TITLE = 1000;
/** More of one thing than this in one order is a slip, and would make products of prices unsafe. */
const MAX_QUANTITY = 10_000_000;

const shown = (text: string): string => `"${bounded(text, 60)}"`;

/** A cell, trimmed; '' when the file has no such column. */
export const cell = (row: CsvRow, column: string): string => stripNul(row.record[column] ?? '').trim();

/** The first of these columns that is not empty. */
export function firstCell(row: CsvRow, ...columns: string[]): string {
  for (const column of columns) {
    const text = cell(row, column);
    if (text !== '') return text;
  }
  return '';
}

/** A cell that must be there, and be short enough for an id. */
export function idCell(row: CsvRow, column: string): string {
  const text = cell(row, column);
  if (text === '') throw rowError(row.line, `The column "${column}" is empty.`);
  if (text.length > MAX_ID) throw rowError(row.line, `The column "${column}" has more than ${MAX_ID} characters.`);
  return text;
}

/** A name of something for people to read, bounded; null when empty. */
export const title = (text: string): string | null => (text === '' ? null : bounded(text, MAX_TITLE));

/** An amount in minor units that is not negative. Commas between thousands are read. `name` is for the refusal. */
export function amountOf(row: CsvRow, text: string, currency: string, name: string): number {
  const plain = /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text;
  let amount: number;
  try {
    amount = parseMinor(plain, currency);
  } catch {
    throw rowError(row.line, `${shown(text)} in "${name}" is not an amount.`);
  }
  if (amount < 0) throw rowError(row.line, `The amount ${shown(text)} in "${name}" is negative.`);
  return amount;
}

/** The amount in a column; when the cell is empty, `otherwise`, or a refusal without it. */
export function amountCell(row: CsvRow, column: string, currency: string, otherwise?: number): number {
  const text = cell(row, column);
  if (text !== '') return amountOf(row, text, currency, column);
  if (otherwise === undefined) throw rowError(row.line, `The column "${column}" is empty.`);
  return otherwise;
}

/** A whole number of things; `2.0` is 2. */
export function quantityOf(row: CsvRow, text: string, name: string): number {
  const quantity = /^\d{1,12}(\.0*)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isInteger(quantity) && quantity <= MAX_QUANTITY) return quantity;
  throw rowError(row.line, `${shown(text)} in "${name}" is not a whole number of items.`);
}

/** What so many of a thing cost together; refuses what would not be an exact number. */
export function product(row: CsvRow, unitPrice: number, quantity: number): number {
  const amount = unitPrice * quantity;
  if (Number.isSafeInteger(amount)) return amount;
  throw rowError(row.line, 'Price times quantity is too large a number.');
}

/** The instant of a date cell, or null when it is empty (WordPress writes zeros for that). Refuses an unreadable one. */
export function dateOf(row: CsvRow, text: string, zone: string, name: string, php = false): number | null {
  if (text === '' || /^0000-00-00/.test(text)) return null;
  const instant = readInstant(text, zone, { php });
  if (instant === null)
    throw rowError(row.line, `${shown(text)} in "${name}" is not a date such as 2026-01-31T12:00:00Z.`);
  return instant;
}

/** The instant in a column that must not be empty. */
export function placedCell(row: CsvRow, column: string, zone: string, php = false): number {
  const instant = dateOf(row, cell(row, column), zone, column, php);
  if (instant === null) throw rowError(row.line, `The column "${column}" is empty.`);
  return instant;
}

/** A three-letter currency code; the shop's when the cell is empty. A foreign one is no mistake. */
export function currencyCell(row: CsvRow, column: string, shopCurrency: string): string {
  const text = cell(row, column).toUpperCase();
  if (text === '') return shopCurrency;
  if (/^[A-Z]{3}$/.test(text)) return text;
  throw rowError(row.line, `${shown(text)} in "${column}" is not a currency code such as USD.`);
}

/** Spreadsheets are kept from reading `+1…` as a formula by an apostrophe, which is not part of the text. */
export const unquoted = (text: string): string => text.replace(/^'+/, '').trim();

/** E-mail and phone as the app keeps them; what is not one counts as not given. */
export const contactOf = (email: string, phone: string, country: string | null) => ({
  email: email === '' ? null : normaliseEmail(unquoted(email)),
  phone: phone === '' ? null : normalisePhone(unquoted(phone), country ?? undefined),
});

/** A two-letter country code; null for anything else. */
export const countryOf = (text: string): string | null => (/^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : null);

/** First and last name of a full one, split at its last space. */
export function namesOf(full: string): { firstName: string | null; lastName: string | null } {
  const name = bounded(full, MAX_ID);
  const space = name.lastIndexOf(' ');
  if (name === '') return { firstName: null, lastName: null };
  if (space < 0) return { firstName: name, lastName: null };
  return { firstName: name.slice(0, space).trim(), lastName: name.slice(space + 1) };
}
