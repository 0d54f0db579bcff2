import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { isPage, type PageName } from './pages.ts';

/** Names the tab of the browser after the page. */
export function usePageTitle(): void {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [, first = ''] = pathname.split('/');
  const page: PageName | null = first === '' ? 'home' : isPage(first) ? first : null;
  const title = page === null ? t('missing.title') : t(`nav.${page}`);
  useEffect(() => {
    document.title = `${title} · ${t('app')}`;
  }, [title, t]);
}

/** Moves to the heading of a page that was just opened, so that a screen reader says where one is, and Tab goes on from there. */
export function useArrival(main: RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname || !main.current) return;
    before.current = pathname;
    const { current: place } = main;
    const arrive = (): boolean => {
      const heading = place.querySelector('h1');
      if (!heading) return false;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      return true;
    };
    window.scrollTo(0, 0);
    if (arrive()) return;
    // The page is still being fetched.
    const observer = new MutationObserver(() => arrive() && observer.disconnect());
    observer.observe(place, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [pathname, main]);
}
