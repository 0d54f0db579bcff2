import { AppProvider, type AppProviderProps } from '@shopify/polaris';
import { type ComponentProps, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

type Words = AppProviderProps['i18n'];

/** Polaris' own words; only the language that is read is fetched. */
const WORDS: Record<string, () => Promise<{ default: unknown }>> = {
  en: () => import('@shopify/polaris/locales/en.json'),
  fa: () => import('./polaris.fa.json'),
};

const isOurs = (url: string): boolean => url.startsWith('/') && !url.startsWith('//');

/** Links inside of the admin change the page without loading it anew. */
function UiLink({ url = '', external, children, ...rest }: { url?: string; external?: boolean } & ComponentProps<'a'>) {
  if (isOurs(url) && !external) {
    return (
      <Link to={url} {...rest}>
        {children}
      </Link>
    );
  }
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" {...rest}>
      {children}
    </a>
  );
}

/** Polaris around the pages. */
export function UiProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [words, setWords] = useState<Words | null>(null);
  useEffect(() => {
    let current = true;
    void WORDS[i18n.language]?.().then(({ default: loaded }) => {
      if (current) setWords(loaded as Words);
    });
    return () => {
      current = false;
    };
  }, [i18n.language]);
  if (!words) return null;
  return (
    <AppProvider i18n={words} linkComponent={UiLink as NonNullable<AppProviderProps['linkComponent']>}>
      {children}
    </AppProvider>
  );
}
