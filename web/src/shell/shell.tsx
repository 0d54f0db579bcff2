import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useHost } from '../hosts/provider.tsx';
import { useArrival, usePageTitle } from './arrival.ts';
import { useKeptAddress } from './kept.ts';
import { Language } from './language.tsx';
import { Links } from './links.tsx';
import styles from './shell.module.css';

/** Where the admin lives; links of the host's navigation begin with it, routes do not. */
const BASE = /^\/app(?=\/|\?|$)/;

/** What surrounds every page: the way to the others, unless the host has it beside. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { hasNavigation, onNavigate } = useHost();
  const navigate = useNavigate();
  const main = useRef<HTMLElement>(null);
  useKeptAddress();
  usePageTitle();
  useArrival(main);
  useEffect(() => onNavigate((href) => void navigate(href.replace(BASE, '') || '/')), [onNavigate, navigate]);
  return (
    <>
      <a href="#main" className={styles.skip}>
        {t('nav.skip')}
      </a>
      {hasNavigation ? (
        // App Bridge hides it and shows its links in Shopify's own navigation.
        <ui-nav-menu class={styles.nav}>
          <Links />
        </ui-nav-menu>
      ) : (
        <header className={styles.header}>
          <span className={styles.name}>{t('app')}</span>
          <nav className={styles.nav} aria-label={t('nav.label')}>
            <Links />
          </nav>
          <Language />
        </header>
      )}
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </>
  );
}
