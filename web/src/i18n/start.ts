import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { speakToApi } from '../api/client.ts';
import { directionOf, type Locale } from './locale.ts';

type Catalog = Record<string, Record<string, unknown>>;

/** A language's texts are a file of their own: only the one that is read is fetched. */
const CATALOGS: Record<Locale, () => Promise<{ default: Catalog }>> = {
  en: () => import('./en/index.ts'),
  fa: () => import('./fa/index.ts'),
};

export const texts = createInstance();

async function load(locale: Locale): Promise<void> {
  const { default: catalog } = await CATALOGS[locale]();
  for (const [name, entries] of Object.entries(catalog)) texts.addResourceBundle(locale, name, entries, true, true);
}

function apply(locale: Locale): void {
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
  speakToApi(locale);
}

/** Makes the texts ready in one language. */
export async function startTexts(locale: Locale): Promise<void> {
  await texts.use(initReactI18next).init({
    lng: locale,
    resources: {},
    ns: [],
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await load(locale);
  apply(locale);
}

/** Speaks another language from now on. */
export async function changeLocale(locale: Locale): Promise<void> {
  if (texts.language === locale) return;
  await load(locale);
  await texts.changeLanguage(locale);
  apply(locale);
}
