import { AppError } from './errors.ts';
import { minorDigits } from './money.currencies.ts';

const DECIMAL = /^(-?)(\d*)(?:\.(\d*))?$/;
const ZERO = 48;
const NINE = 57;

/** The one error of money: 400, because an amount that is none came from outside. */
export const invalidMoney = () =>
  new AppError('money.invalid', 'An amount must be a plain decimal number such as 12.30.', { status: 400 });

/** The usual shape, `123.45` with exactly the currency's digits and far from the safe limit; NaN for any other. */
function parseCommon(text: string, digits: number): number {
  const point = text.length - 1 - digits;
  if (text.length > 15 || digits === 0 || point < 1) return Number.NaN;
  let amount = 0;
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    if (place === point) {
      if (unit !== 46) return Number.NaN;
    } else if (unit < ZERO || unit > NINE) return Number.NaN;
    else amount = amount * 10 + (unit - ZERO);
  }
  return amount;
}

function parseAny(text: string, digits: number): number {
  // A number of more than 400 characters is no amount, and a bound keeps BigInt from chewing on a hostile one.
  const match = text.length > 400 ? null : DECIMAL.exec(text);
  const [, sign, whole = '', fraction = ''] = match ?? [];
  if (match === null || whole + fraction === '') throw invalidMoney();
  const kept = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  const magnitude = fraction.charCodeAt(digits) >= ZERO + 5 ? kept + 1n : kept;
  if (magnitude > BigInt(Number.MAX_SAFE_INTEGER)) throw invalidMoney();
  return sign === '-' && magnitude !== 0n ? -Number(magnitude) : Number(magnitude);
}

/**
 * Minor units of a decimal amount, exactly: no floating point on the way. Digits beyond the currency's are rounded half
 * away from zero. A number is taken by its shortest decimal text, which is what JSON carried. Throws `money.invalid`
 * for anything that is not a plain decimal within ±(2^53 − 1) minor units.
 */
export function parseMinor(value: string | number, currency: string): number {
  const digits = minorDigits(currency);
  if (typeof value === 'number') {
    // Below 10^-6 a number prints with an exponent; no currency has a unit that small.
    if (Math.abs(value) < 1e-6) return 0;
    return parseAny(String(value), digits);
  }
  const common = parseCommon(value, digits);
  return Number.isNaN(common) ? parseAny(value, digits) : common;
}

/** Throws `money.invalid` unless the amount is a safe integer. */
export function wholeAmount(amount: number): void {
  if (!Number.isSafeInteger(amount)) throw invalidMoney();
}

/** Plain decimal text of an amount in minor units, with all the currency's digits: 1230 USD is `12.30`. */
export function formatMajor(amount: number, currency: string): string {
  wholeAmount(amount);
  const digits = minorDigits(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const sign = amount < 0 ? '-' : '';
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The amount in currency units as a floating-point number: for reports and charts, never for sums. */
export const toMajor = (amount: number, currency: string): number => Number(formatMajor(amount, currency));
