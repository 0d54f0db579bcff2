/** Zero of each script whose digits people type here: Persian, Arabic. */
const ZEROS = [0x06f0, 0x0660];
const DIGITS = /[\u06f0-\u06f9\u0660-\u0669]/g;

const latin = (digit: string): string => {
  const code = digit.charCodeAt(0);
  const zero = ZEROS.find((first) => code >= first && code <= first + 9) ?? code;
  return String(code - zero);
};

/**
 * A number as people type it: digits of either script, spaces and thousands marks left out, a point or a Persian decimal
 * mark. Null: it is none.
 */
export function parseDecimal(text: string): number | null {
  const plain = text
    .trim()
    .replace(DIGITS, latin)
    .replace(/[\s,٬\u00a0\u202f]/g, '')
    .replace('٫', '.');
  return /^[-−]?\d{1,15}(?:\.\d{0,10})?$|^[-−]?\.\d{1,10}$/.test(plain) ? Number(plain.replace('−', '-')) : null;
}
