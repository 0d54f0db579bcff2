export type Locale = 'en' | 'fa';
export const LOCALES: readonly Locale[] = ['en', 'fa'];
export const isLocale = (text: unknown): text is Locale => text === 'en' || text === 'fa';
export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'fa' ? 'rtl' : 'ltr');
