import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useShop } from '../api/shop.ts';
import { isLocale, type Locale, localeOfAddress, useViewLocale } from '../i18n/locale.ts';
import { changeLocale } from '../i18n/start.ts';
import { createFormat, type Format } from './format.ts';

const FormatContext = createContext<Format | null>(null);

/** Writes numbers, money and dates as the shop does, in the language of the page. */
export function FormatProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const { data: shop } = useShop();
  const view = useViewLocale();
  const wanted = view ?? shop?.locale.slice(0, 2);
  useEffect(() => {
    if (localeOfAddress() === null && isLocale(wanted)) void changeLocale(wanted);
  }, [wanted]);
  const format = useMemo(
    () =>
      createFormat({
        locale: i18n.language as Locale,
        calendar: shop?.calendar ?? 'gregory',
        timeZone: shop?.timeZone ?? 'UTC',
        currency: shop?.currency ?? 'USD',
        showToman: shop?.showToman ?? false,
      }),
    [i18n.language, shop],
  );
  return <FormatContext.Provider value={format}>{children}</FormatContext.Provider>;
}

/** How values are written here. */
export function useFormat(): Format {
  const format = useContext(FormatContext);
  if (!format) throw new Error('There is no format around this.');
  return format;
}
