import type { Host } from './host.ts';

/** The part of App Bridge that the admin uses; its script defines `window.shopify`. */
type AppBridge = {
  idToken(): Promise<string>;
  toast: { show(text: string, options?: { isError?: boolean; duration?: number }): unknown };
};

declare global {
  interface Window {
    shopify?: AppBridge;
  }
}

/** Shopify's admin, by App Bridge: it keeps the token fresh by itself. */
export function shopifyHost(): Host {
  const bridge = (): AppBridge => {
    if (!window.shopify) throw new Error('App Bridge is not there.');
    return window.shopify;
  };
  return {
    kind: 'shopify',
    token: () => bridge().idToken(),
    renew: () => undefined,
    toast: (text, options) => void bridge().toast.show(text, options),
    hasNavigation: true,
  };
}
