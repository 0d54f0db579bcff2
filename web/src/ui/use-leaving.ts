import { useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

const BASE = /^\/app(?=\/|$)/;

/** Where react-router is in the history: it counts its entries itself. */
const place = (): number => (window.history.state as { idx?: number } | null)?.idx ?? 0;

/** A link that would leave the page in this very window; null: it opens elsewhere, or is none. */
function linkOf(event: MouseEvent): URL | null {
  const link = (event.target as Element | null)?.closest?.('a[href]');
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
  if (!(link instanceof HTMLAnchorElement) || elsewhere || link.target === '_blank' || link.hasAttribute('download'))
    return null;
  const url = new URL(link.href);
  return url.pathname === window.location.pathname && url.origin === window.location.origin ? null : url;
}

/**
 * Keeps a page with unsaved changes from being left unasked: by a link, by going back, or by closing it. `ask` is called with
 * what to do if leaving is fine.
 */
function useGuard(active: boolean, ask: (go: () => void) => void): void {
  const navigate = useNavigate();
  const location = useLocation();
  const at = useRef(0);
  const latest = useRef(ask);
  latest.current = ask;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new entry of the history is another place
  useEffect(() => {
    at.current = place();
  }, [location]);
  useEffect(() => {
    if (!active) return;
    let passing = 0;
    const pass = (go: () => void) => () => {
      stop();
      go();
    };
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
    const onClick = (event: MouseEvent): void => {
      const url = linkOf(event);
      if (!url) return;
      event.preventDefault();
      event.stopPropagation();
      const ours = url.origin === window.location.origin && BASE.test(url.pathname);
      const inside = `${url.pathname.replace(BASE, '') || '/'}${url.search}${url.hash}`;
      latest.current(pass(() => (ours ? void navigate(inside) : window.location.assign(url.href))));
    };
    const { pathname } = window.location;
    const onPop = (event: PopStateEvent): void => {
      if (passing > 0) {
        passing -= 1;
        event.stopImmediatePropagation();
        return;
      }
      const delta = place() - at.current;
      if (delta === 0 || window.location.pathname === pathname) return;
      // The browser has gone already: the router must not hear of it, and it has to come back.
      event.stopImmediatePropagation();
      passing += 1;
      window.history.go(-delta);
      latest.current(pass(() => window.history.go(delta)));
    };
    const stop = (): void => {
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, true);
      window.removeEventListener('popstate', onPop, true);
    };
    window.addEventListener('beforeunload', onUnload);
    document.addEventListener('click', onClick, true);
    window.addEventListener('popstate', onPop, true);
    return stop;
  }, [active, navigate]);
}

/** The same, with the question: asked by the host where it has one, else by the page (`asking`, `leave`, `stay`). */
export function useLeaving(active: boolean, hostAsks: (() => Promise<unknown>) | null) {
  const [pending, setPending] = useState<{ go: () => void } | null>(null);
  useGuard(active, (go) => {
    if (!hostAsks) setPending({ go });
    // Refused: the merchant stays.
    else hostAsks().then(go, () => undefined);
  });
  return {
    asking: pending !== null,
    leave: () => {
      setPending(null);
      pending?.go();
    },
    stay: () => setPending(null),
  };
}
