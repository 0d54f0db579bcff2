import { z } from 'zod';
import { isValidZone } from '../../../shared/calendar.ts';

const maybe = <T>(shape: z.ZodType<T>) => shape.nullish().catch(null);

/** What the front door of WordPress's API (`/wp-json/`) says of the site, to anybody. */
export const siteIndex = z.object({
  name: maybe(z.string()),
  timezone_string: maybe(z.string()),
  /** Hours; WordPress gives it as a number or as text. */
  gmt_offset: maybe(z.coerce.number()),
});
export type SiteIndex = z.infer<typeof siteIndex>;

/** `data/currencies/current` */
export const storeCurrency = z.object({ code: z.string() });
/** `settings/general/woocommerce_default_country`: `IR:THR` */
export const storeCountry = z.object({ value: z.string() });
/** `system_status`, of which the language alone is asked for: `fa_IR` */
export const storeLanguage = z.object({ environment: z.object({ language: z.string() }) });

/** What is known of a store at the moment it is connected. */
export type StoreProfile = {
  name: string | null;
  /** As the store says it: stores in Iran have codes of four letters too. */
  currency: string;
  /** Null where it would not say. */
  timeZone: string | null;
  country: string | null;
  locale: 'en' | 'fa';
  calendar: 'gregory' | 'persian';
};

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function sign(entity: string): string | undefined {
  const code = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(entity);
  if (!code) return NAMED[entity];
  const point = code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16);
  return point >= 32 && point <= 0x10_ff_ff ? String.fromCodePoint(point) : undefined;
}

/** WordPress keeps the name of a site with its signs written for HTML: `Ali &amp; Sons`. */
function nameOf(text: string | null | undefined): string | null {
  const plain = (text ?? '').replace(/&(#?\w{1,8});/g, (whole, entity: string) => sign(entity) ?? whole);
  return [...plain.trim()].slice(0, 255).join('') || null;
}

/** A fixed offset where WordPress was set to one: `3.5` → `+03:30`. */
function offsetZone(hours: number): string {
  const minutes = Math.round(Math.abs(hours) * 60);
  if (minutes === 0) return 'UTC';
  const two = (number: number) => String(number).padStart(2, '0');
  return `${hours < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function zoneOf(index: SiteIndex | null): string | null {
  const { timezone_string: name = null, gmt_offset: hours = null } = index ?? {};
  if (name && isValidZone(name)) return name;
  const zone = hours === null ? '' : offsetZone(hours);
  return isValidZone(zone) ? zone : null;
}

/** Where months go by the Persian calendar, by name or by the offset that only Iran has had. */
const PERSIAN_ZONES = new Set(['Asia/Tehran', 'Iran', '+03:30']);

/** The profile from what the store said; what it would not say is null. */
export function profileOf(said: {
  index: SiteIndex | null;
  currency: string;
  country: string | null;
  language: string | null;
}): StoreProfile {
  const timeZone = zoneOf(said.index);
  const locale = /^fa(?:$|[_-])/i.test(said.language ?? '') ? 'fa' : 'en';
  return {
    name: nameOf(said.index?.name),
    currency: said.currency.trim().toUpperCase(),
    timeZone,
    country: /^[A-Z]{2}(?=$|:)/.exec(said.country ?? '')?.[0] ?? null,
    locale,
    calendar: locale === 'fa' && timeZone !== null && PERSIAN_ZONES.has(timeZone) ? 'persian' : 'gregory',
  };
}

/** Codes in which amounts can be kept. */
export const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code);
