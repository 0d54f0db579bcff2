import { createFormat } from '../../../web/src/format/format.ts';
import english, { type Catalog } from '../../../web/src/i18n/en/index.ts';
import persian from '../../../web/src/i18n/fa/index.ts';
import type { Texts } from '../../words/shape.ts';
import type { Locale } from './site.fixtures.ts';

/** The admin's own texts: tests look for what is said, not for how it happens to be worded today. */
export const WORDS: Record<Locale, Texts<Catalog>> = { en: english, fa: persian };

/** A text with its gaps filled. */
export const filled = (text: string, gaps: Record<string, string>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_gap, name: string) => gaps[name] ?? '');

/** Numbers as the sandbox store's merchant reads them. */
export const formatOf = (locale: Locale) =>
  createFormat({ locale, calendar: 'gregory', timeZone: 'UTC', currency: 'USD', showToman: false });
