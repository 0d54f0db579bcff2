import { pageConfig } from '../hosts/config.ts';

export type Locale = 'en' | 'fa';
export const isLocale = (text: unknown): text is Locale => text === 'en' || text === 'fa';
export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'fa' ? 'rtl' : 'ltr');

/** The language that the address asks for, if any. */
export function localeOfAddress(): Locale | null {
  const asked = new URLSearchParams(window.location.search).get('locale')?.slice(0, 2).toLowerCase();
  return isLocale(asked) ? asked : null;
}

/** The language before anything is known of the shop. */
export const localeAtStart = (): Locale =>
  localeOfAddress() ?? pageConfig().locale ?? (navigator.language.startsWith('fa') ? 'fa' : 'en');
