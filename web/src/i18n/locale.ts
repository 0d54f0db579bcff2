import { useSyncExternalStore } from 'react';
import { directionOf, isLocale, LOCALES, type Locale } from '../../../server/words/locales.ts';
import { pageConfig } from '../hosts/config.ts';

export { directionOf, isLocale, LOCALES, type Locale };

/** The language that the address asks for, if any. */
export function localeOfAddress(): Locale | null {
  const asked = new URLSearchParams(window.location.search).get('locale')?.slice(0, 2).toLowerCase();
  return isLocale(asked) ? asked : null;
}

const VIEW_KEY = 'bazgasht:locale';
const watchers = new Set<() => void>();
/** Where the browser keeps nothing for a frame, the choice lives as long as the page. */
let chosenHere: Locale | null = null;

/** The language that was chosen in this browser, if any: the shop's stays as it is. */
function viewLocale(): Locale | null {
  try {
    const kept = window.localStorage.getItem(VIEW_KEY);
    return isLocale(kept) ? kept : chosenHere;
  } catch {
    return chosenHere;
  }
}

function keepViewLocale(locale: Locale | null): void {
  chosenHere = locale;
  try {
    if (locale === null) window.localStorage.removeItem(VIEW_KEY);
    else window.localStorage.setItem(VIEW_KEY, locale);
  } catch {
    // The choice holds until the page is closed.
  }
  for (const tell of watchers) tell();
}

/** This browser reads the admin in a language of its own from now on. */
export const chooseViewLocale = (locale: Locale): void => keepViewLocale(locale);
/** This browser reads the admin in the shop's language again. */
export const forgetViewLocale = (): void => keepViewLocale(null);

function watch(tell: () => void): () => void {
  watchers.add(tell);
  return () => watchers.delete(tell);
}

/** The language of this browser, followed as it changes; null: the shop's. */
export const useViewLocale = (): Locale | null => useSyncExternalStore(watch, viewLocale);

/** The language before anything is known of the shop. */
export const localeAtStart = (): Locale =>
  localeOfAddress() ?? viewLocale() ?? pageConfig().locale ?? (navigator.language.startsWith('fa') ? 'fa' : 'en');
