import { toGregorian } from 'jalaali-js';
import type { Locale } from '../i18n/locale.ts';

/** How a shop's merchant reads numbers, money and dates. `currencyDisplay`: rials shown as toman, a tenth. */
export type Habits = {
  locale: Locale;
  calendar: 'gregory' | 'persian';
  timeZone: string;
  currency: string;
  showToman: boolean;
};

const TAGS: Record<Locale, string> = { en: 'en-GB', fa: 'fa-IR' };
const TOMAN: Record<Locale, string> = { en: 'toman', fa: 'تومان' };
/** No minor unit in use; Intl thinks that toman, which is no ISO code, has two. */
const WHOLE_CURRENCIES = ['IRR', 'IRT'];
const GREGORIAN_MONTH = /^(\d{4})-(\d{2})$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

const tagOf = ({ locale, calendar }: Habits): string =>
  `${TAGS[locale]}-u-ca-${calendar === 'persian' ? 'persian' : 'gregory'}-nu-${locale === 'fa' ? 'arabext' : 'latn'}`;

function noonOf(day: string): Date {
  const [, year, month, date] = DAY.exec(day) ?? [];
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(date), 12));
}

/** A day inside of a month of the shop's calendar, from its key (`2026-03`, or `1405-01` in the Persian calendar). */
function dayInMonth(key: string, calendar: Habits['calendar']): Date {
  const [, year, month] = GREGORIAN_MONTH.exec(key) ?? [];
  if (calendar === 'gregory') return new Date(Date.UTC(Number(year), Number(month) - 1, 15, 12));
  const { gy, gm, gd } = toGregorian(Number(year), Number(month), 15);
  return new Date(Date.UTC(gy, gm - 1, gd, 12));
}

/** Everything that turns a value into text; each formatter is made once, since making one is what is slow. */
export function createFormat(habits: Habits) {
  const tag = tagOf(habits);
  const numbers = new Map<string, Intl.NumberFormat>();
  const dates = new Map<string, Intl.DateTimeFormat>();
  const number = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    const made = numbers.get(key) ?? new Intl.NumberFormat(tag, options);
    numbers.set(key, made);
    return made;
  };
  const date = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
    const key = JSON.stringify(options);
    const made = dates.get(key) ?? new Intl.DateTimeFormat(tag, options);
    dates.set(key, made);
    return made;
  };
  const isToman = habits.currency === 'IRT' || (habits.currency === 'IRR' && habits.showToman);
  const moneyNumber = (compact: boolean): Intl.NumberFormatOptions => {
    const short = compact ? { notation: 'compact' as const, maximumFractionDigits: 1 } : {};
    if (isToman) return { maximumFractionDigits: 0, ...short };
    const digits = WHOLE_CURRENCIES.includes(habits.currency) ? { maximumFractionDigits: 0 } : {};
    return { style: 'currency', currency: habits.currency, currencyDisplay: 'narrowSymbol', ...digits, ...short };
  };
  const money = (amount: number, compact = false): string => {
    const shown = habits.currency === 'IRR' && isToman ? amount / 10 : amount;
    const text = number(moneyNumber(compact)).format(shown);
    return isToman ? `${text} ${TOMAN[habits.locale]}` : text;
  };
  return {
    habits,
    /** A count, with grouping. */
    count: (value: number): string => number({ maximumFractionDigits: 0 }).format(value),
    /** A number with at most some decimals. */
    decimal: (value: number, digits = 1): string => number({ maximumFractionDigits: digits }).format(value),
    /** A share of 1 as a percentage. */
    percent: (share: number, digits = 1): string =>
      number({ style: 'percent', maximumFractionDigits: digits }).format(share),
    /** A difference with its sign: of shares in percentage points, of counts as they are. */
    signed: (value: number, digits = 1): string =>
      number({ maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(value),
    signedPercent: (share: number, digits = 1): string =>
      number({ style: 'percent', maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(share),
    /** A number of days with its word. */
    days: (value: number, digits = 1): string =>
      number({ style: 'unit', unit: 'day', unitDisplay: 'long', maximumFractionDigits: digits }).format(value),
    /** An amount in currency units. */
    money,
    /** What amounts are in, in a word or a sign: what stands beside a field to type one into. */
    unit: (): string => {
      if (isToman) return TOMAN[habits.locale];
      const parts = number(moneyNumber(false)).formatToParts(0);
      return parts.find(({ type }) => type === 'currency')?.value ?? habits.currency;
    },
    /** `YYYY-MM-DD`, a local day of the shop. */
    day: (day: string): string => date({ dateStyle: 'medium', timeZone: 'UTC' }).format(noonOf(day)),
    shortDay: (day: string): string => date({ day: 'numeric', month: 'short', timeZone: 'UTC' }).format(noonOf(day)),
    /** A month's key in the shop's calendar. */
    month: (key: string): string =>
      date({ month: 'short', year: 'numeric', timeZone: 'UTC' }).format(dayInMonth(key, habits.calendar)),
    longMonth: (key: string): string =>
      date({ month: 'long', year: 'numeric', timeZone: 'UTC' }).format(dayInMonth(key, habits.calendar)),
    /** The name of a day of the week: 1 Monday … 7 Sunday. */
    weekday: (n: number): string => date({ weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, n, 12)),
    /** An instant in epoch ms, in the shop's time zone. */
    instant: (at: number): string =>
      date({ dateStyle: 'medium', timeStyle: 'short', timeZone: habits.timeZone }).format(at),
    dayOfInstant: (at: number): string => date({ dateStyle: 'medium', timeZone: habits.timeZone }).format(at),
  };
}

export type Format = ReturnType<typeof createFormat>;
