/** What shows the admin: Shopify's admin, a WordPress dashboard, or the sandbox store's own window. */
export type Host = {
  kind: 'shopify' | 'wordpress' | 'sandbox';
  /** A session token for the next request; fetched anew when the last one is about to end. */
  token(): Promise<string>;
  /** Forgets a token that the server did not accept. */
  renew(): void;
  /** Says something in passing. Null: the page says it itself. */
  toast: ((text: string, options?: { isError?: boolean }) => void) | null;
  /** Whether the host shows the pages' names beside ours. */
  hasNavigation: boolean;
  /** The host's own bar for unsaved changes, by the id of a `<ui-save-bar>`. Null: the page has its own. */
  saveBar: SaveBarOfHost | null;
  /** Hears of links of ours that were followed in the host's navigation. @returns how to stop listening */
  onNavigate(follow: (href: string) => void): () => void;
};

export type SaveBarOfHost = {
  show(id: string): Promise<unknown>;
  hide(id: string): Promise<unknown>;
  /** Resolves once leaving is fine: there was nothing to lose, or the merchant wants to lose it. */
  leave(): Promise<unknown>;
};

/** What a host without a navigation of its own says of it. */
export const noNavigation = { hasNavigation: false, saveBar: null, onNavigate: () => () => undefined } as const;

/** A token that is kept until shortly before its end. */
export function keptToken(fetchToken: () => Promise<string>, now: () => number = Date.now) {
  let kept: { token: string; until: number } | null = null;
  let pending: Promise<string> | null = null;
  const renewed = async (): Promise<string> => {
    const token = await fetchToken();
    kept = { token, until: endOf(token) - 10_000 };
    return token;
  };
  return {
    token(): Promise<string> {
      if (kept && kept.until > now()) return Promise.resolve(kept.token);
      pending ??= renewed().finally(() => {
        pending = null;
      });
      return pending;
    },
    renew(): void {
      kept = null;
    },
  };
}

/** When a token ends, in epoch ms; 0 where it does not say. The server checks it; here it only saves a request. */
function endOf(token: string): number {
  try {
    const body = token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
    const { exp } = JSON.parse(atob(body)) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : 0;
  } catch {
    return 0;
  }
}
