import { LRUCache } from 'lru-cache';
import { minorDigits } from './money.currencies.ts';
import { formatMajor } from './money.decimal.ts';

/** How an amount is shown: a BCP 47 locale, and whether rials are shown as tomans (rial ÷ 10). */
export type MoneyDisplay = { locale: string; tomanForRial?: boolean };

/** Formatters are costly to make and few: locales × currencies in use. The bound only guards against strange input. */
const formatters = new LRUCache<string, Intl.NumberFormat>({ max: 500 });

function formatter(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}|${options.currency ?? ''}|${options.minimumFractionDigits}|${options.maximumFractionDigits}`;
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(locale, options);
    formatters.set(key, found);
  }
  return found;
}

/** The fraction digits that people usually see; null for text that is not three letters. */
const usualDigits = (currency: string): number | null =>
  /^[A-Z]{3}$/i.test(currency)
    ? (formatter('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : null;

// Intl formats decimal text exactly, where a number would lose digits beyond 2^53.
const show = (format: Intl.NumberFormat, decimal: string) => format.format(decimal as `${number}`);

/** Intl does not know the toman, so that its unit is written after the number as Iranian shops do. */
function tomanText(decimal: string, locale: string): string {
  const unit = /^(fa|ar|ckb|ps)\b/i.test(locale) ? 'تومان' : 'toman';
  return `${show(formatter(locale, { minimumFractionDigits: 0, maximumFractionDigits: 1 }), decimal)} ${unit}`;
}

/**
 * An amount in minor units as people of that locale read it, with the currency's sign or name. IRT is shown as toman,
 * and so is IRR with `tomanForRial`, at a tenth. Currencies whose small unit is out of use (HUF, IDR) show it only when
 * there is one to show. Throws `money.invalid` for an amount that is not a safe integer.
 */
export function displayMoney(amount: number, currency: string, { locale, tomanForRial = false }: MoneyDisplay): string {
  const decimal = formatMajor(amount, currency);
  if (currency === 'IRT') return tomanText(decimal, locale);
  if (currency === 'IRR' && tomanForRial) {
    const tenths = String(Math.abs(amount)).padStart(2, '0');
    return tomanText(`${amount < 0 ? '-' : ''}${tenths.slice(0, -1)}.${tenths.slice(-1)}`, locale);
  }
  const usual = usualDigits(currency);
  // A code that Intl refuses can still come from a store's own plugin: show it plainly rather than fail.
  if (usual === null) return `${decimal} ${currency}`;
  const digits = minorDigits(currency);
  const shown = usual < digits && amount % 10 ** digits === 0 ? usual : digits;
  const options = { style: 'currency', currency, minimumFractionDigits: shown, maximumFractionDigits: shown } as const;
  return show(formatter(locale, options), decimal);
}
