import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import { keptSearch } from './kept.ts';
import { PAGES, pathOf } from './pages.ts';
import styles from './shell.module.css';

/** A link to each page. The one that is open is in sight, also where the row is longer than the window. */
export function Links() {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const home = useRef<HTMLAnchorElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another link in sight
  useEffect(() => {
    const current = home.current?.parentElement?.querySelector(`[aria-current="page"]`);
    current?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return PAGES.map((page) => (
    <NavLink
      key={page}
      to={{ pathname: pathOf(page), search: keptSearch(search) }}
      end={page === 'home'}
      className={styles.link ?? ''}
      {...(page === 'home' ? { ref: home, rel: 'home' } : {})}
    >
      {t(`nav.${page}`)}
    </NavLink>
  ));
}
