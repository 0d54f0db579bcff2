import { useTranslation } from 'react-i18next';
import { directionOf, type Locale } from './locale.ts';

/** In which direction the page is read. */
export function useDirection(): 'ltr' | 'rtl' {
  const { i18n } = useTranslation();
  return directionOf(i18n.language as Locale);
}
