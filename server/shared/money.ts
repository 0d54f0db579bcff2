import { invalidMoney, wholeAmount } from './money.decimal.ts';

export { minorDigits } from './money.currencies.ts';
export { formatMajor, parseMinor, toMajor } from './money.decimal.ts';
export { displayMoney } from './money.display.ts';

/** How a quotient becomes whole: down, to the nearest with halves up, or up. All three on the number line. */
export type Rounding = 'floor' | 'nearest' | 'ceil';

function mulDivBig(a: number, b: number, c: number, rounding: Rounding): number {
  const product = BigInt(a) * BigInt(b);
  const divisor = BigInt(c);
  let remainder = product % divisor;
  let quotient = product / divisor;
  if (remainder < 0n) {
    remainder += divisor;
    quotient -= 1n;
  }
  const up = rounding === 'ceil' ? remainder > 0n : rounding === 'nearest' && remainder * 2n >= divisor;
  return Number(up ? quotient + 1n : quotient);
}

/**
 * `a × b ÷ c` made whole, exactly, for safe integers of either sign: `floor` goes towards −∞, `ceil` towards +∞ and
 * `nearest` takes halves towards +∞ (2.5 → 3, −2.5 → −2). Throws `money.invalid` for c = 0, for operands that are not
 * safe integers and for a result that would not be one. BigInt is used only when the product passes 2^53.
 */
export function mulDiv(a: number, b: number, c: number, rounding: Rounding): number {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b) || !Number.isSafeInteger(c) || c === 0) throw invalidMoney();
  if (c < 0) return mulDiv(-a, b, -c, rounding);
  const product = a * b;
  if (!Number.isSafeInteger(product)) {
    const result = mulDivBig(a, b, c, rounding);
    wholeAmount(result);
    return result;
  }
  // The remainder of two safe integers is exact, and so is the division of what it leaves: no rounding error can enter.
  let remainder = product % c;
  let quotient = (product - remainder) / c;
  if (remainder < 0) {
    remainder += c;
    quotient -= 1;
  }
  const up = rounding === 'ceil' ? remainder > 0 : rounding === 'nearest' && remainder * 2 >= c;
  // Adding 0 turns −0 into 0.
  return (up ? quotient + 1 : quotient) + 0;
}

/** `numerator ÷ denominator` to the nearest whole, halves towards +∞; errors as mulDiv. */
export const divideHalfUp = (numerator: number, denominator: number): number =>
  mulDiv(numerator, 1, denominator, 'nearest');
