import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import { useHost } from '../hosts/provider.tsx';
import styles from './shell.module.css';

/** The pages, in the order in which they are listed. */
const PAGES = ['home', 'insights', 'customers', 'program', 'activity', 'settings'] as const;
const pathOf = (page: (typeof PAGES)[number]): string => (page === 'home' ? '/' : `/${page}`);

/** What surrounds every page: the way to the others, unless the host has it beside. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { hasNavigation } = useHost();
  const { search } = useLocation();
  return (
    <>
      {hasNavigation ? (
        <ui-nav-menu>
          {PAGES.map((page) => (
            <a key={page} href={`/app${pathOf(page)}`} {...(page === 'home' ? { rel: 'home' } : {})}>
              {t(`nav.${page}`)}
            </a>
          ))}
        </ui-nav-menu>
      ) : (
        <header className={styles.header}>
          <span className={styles.name}>{t('app')}</span>
          <nav className={styles.nav} aria-label={t('nav.label')}>
            {PAGES.map((page) => (
              <NavLink
                key={page}
                to={{ pathname: pathOf(page), search }}
                end={page === 'home'}
                className={styles.link ?? ''}
              >
                {t(`nav.${page}`)}
              </NavLink>
            ))}
          </nav>
        </header>
      )}
      <main>{children}</main>
    </>
  );
}
