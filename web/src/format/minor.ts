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
  const value = numberOfTyped(typed);
  if (value === null || value < 0) return null;
  const minor = value * factorOf(habit);
  const whole = Math.round(minor);
  return Number.isSafeInteger(whole) && Math.abs(minor - whole) < 1e-6 ? whole : null;
}

/** A number of what was typed: Persian and Arabic digits too, with or without separators of thousands; null: it is none. */
export function numberOfTyped(typed: string): number | null {
  const plain = typed
    .trim()
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[,٬\s\u200c]/g, '')
    .replace('٫', '.')
    .replace('−', '-');
  return /^[+-]?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** A whole number of what was typed; null: it is none. */
export function wholeOfTyped(typed: string): number | null {
  const value = numberOfTyped(typed);
  return value !== null && Number.isSafeInteger(value) ? value : null;
}
