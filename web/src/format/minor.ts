import { parseDecimal } from './parse.ts';

/**
 * Currencies whose minor unit is not a hundredth, as the server has them: a table rather than Intl, whose digits are those that
 * people usually see.
 */
const EXCEPTIONS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF IRR IRT',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

/** Decimal digits of a currency's minor unit; 2 when unknown. */
export function minorDigits(currency: string): number {
  const found = Object.entries(EXCEPTIONS).find(([, codes]) => codes.split(' ').includes(currency));
  return found ? Number(found[0]) : 2;
}

/** How amounts of a shop are typed: in its currency, or rials as toman. */
export type MoneyHabit = { currency: string; showToman: boolean };

const factorOf = ({ currency, showToman }: MoneyHabit): number =>
  currency === 'IRR' && showToman ? 10 : 10 ** minorDigits(currency);

/** What is typed for an amount in minor units. */
export const typedOfMinor = (minor: number, habit: MoneyHabit): string => String(minor / factorOf(habit));

/** An amount in minor units of what was typed, with digits of any script; null: that is none, or has too many decimals. */
export function minorOfTyped(typed: string, habit: MoneyHabit): number | null {
  const value = parseDecimal(typed);
  if (value === null || value < 0) return null;
  const minor = value * factorOf(habit);
  const whole = Math.round(minor);
  return Number.isSafeInteger(whole) && Math.abs(minor - whole) < 1e-6 ? whole : null;
}

/** A whole number of what was typed; null: it is none. */
export function wholeOfTyped(typed: string): number | null {
  const value = parseDecimal(typed);
  return value !== null && Number.isSafeInteger(value) ? value : null;
}
