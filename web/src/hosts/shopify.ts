import type { Host } from './host.ts';

/** The part of App Bridge that the admin uses; its script defines `window.shopify`. */
type AppBridge = {
  idToken(): Promise<string>;
  toast: { show(text: string, options?: { isError?: boolean; duration?: number }): unknown };
  saveBar: {
    show(id: string): Promise<unknown>;
    hide(id: string): Promise<unknown>;
    leaveConfirmation(): Promise<unknown>;
  };
};

declare global {
  interface Window {
    shopify?: AppBridge;
  }
}

/** App Bridge dispatches it at a link of `<ui-nav-menu>` when its entry in Shopify's own navigation is clicked. */
const NAVIGATE = 'shopify:navigate';

function onNavigate(follow: (href: string) => void): () => void {
  const listen = ({ target }: Event): void => {
    const href = target instanceof Element ? target.getAttribute('href') : null;
    if (href !== null) follow(href);
  };
  document.addEventListener(NAVIGATE, listen);
  return () => document.removeEventListener(NAVIGATE, listen);
}

/** Shopify's admin, by App Bridge: it keeps the token fresh by itself. */
export function shopifyHost(): Host {
  const bridge = (): AppBridge => {
    if (!window.shopify) throw new Error('App Bridge is not there.');
    return window.shopify;
  };
  return {
    kind: 'shopify',
    // Where the script is missing this has to fail like a request, not while the page is drawn.
    token: async () => bridge().idToken(),
    renew: () => undefined,
    toast: (text, options) => void bridge().toast.show(text, options),
    hasNavigation: true,
    saveBar: {
      show: async (id) => bridge().saveBar.show(id),
      hide: async (id) => bridge().saveBar.hide(id),
      leave: async () => bridge().saveBar.leaveConfirmation(),
    },
    onNavigate,
  };
}
