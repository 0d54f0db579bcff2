import type { Commerce } from '../../commerce/commerce.port.ts';
import { iso } from '../../commerce/shopify/writing/payload.parts.ts';
import { systemClock } from '../../shared/clock.ts';
import { installStore } from '../store/install.ts';
import { PRODUCTS } from '../store/sandbox.catalogue.ts';
import type { Kind, Word } from '../store/sandbox.kind.ts';
import { SANDBOX_DOMAIN, SANDBOX_SCOPES } from '../store/sandbox.own.ts';
import type { Past } from '../store/sandbox.past.ts';
import { announce } from '../store/sandbox.shopping.ts';
import type { SandboxPlatform } from '../store/sandbox.types.ts';
import { orderBody, productBody } from './sandbox.payloads.ts';
import { createPlatform } from './sandbox.platform.ts';
import { createSender } from './sandbox.sender.ts';
import { proxyQuery, sessionToken } from './sandbox.tokens.ts';
import { tellAsShopify } from './sandbox.told.ts';

/** Calls back after some real time without keeping the process alive. */
function later(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  timer.unref();
  return () => clearTimeout(timer);
}

/** The past as webhooks told it: products as they were made, orders as they are now, each at its own time. */
export function shopifyWords(commerce: Commerce, past: Past, begins: number): Word[] {
  const word = (topic: string, body: unknown, at: number): Word => ({
    at,
    changes: (shop) =>
      commerce.read({ topic, body: Buffer.from(JSON.stringify(body)), triggeredAt: at, receivedAt: at }, shop),
  });
  return [
    ...PRODUCTS.map((product) => word('products/create', productBody(product, begins), begins)),
    ...past.orders.map((order) => word('orders/updated', orderBody(order), order.placedAt)),
  ];
}

/** The sandbox as a Shopify store. The app installs itself by a session token, so that nobody has to connect it. */
export const shopifyKind: Kind<SandboxPlatform> = {
  name: 'shopify',
  domain: SANDBOX_DOMAIN,
  asksBack: false,
  tell: () => tellAsShopify(SANDBOX_DOMAIN),
  register: installStore,
  words: ({ deps: { commerce } }, past, begins) =>
    commerce.shopify ? shopifyWords(commerce.shopify, past, begins) : [],
  side({ deps: { logger }, state, keep, store }) {
    const signer = { domain: SANDBOX_DOMAIN, apiKey: state.apiKey, apiSecret: state.apiSecret };
    const platform = createPlatform({ state, keep, store, scopes: SANDBOX_SCOPES, now: systemClock.now });
    return {
      platform,
      sender: createSender({ ...signer, store, logger, fetch: globalThis.fetch, later }),
      sessionToken: () => sessionToken(signer, systemClock.now()),
      signed: (request) => proxyQuery(signer, { ...request, now: systemClock.now() }),
      reaches(origin) {
        platform.appUrl = origin;
      },
      // Its merchant grants at once what an app that was updated asks for besides.
      connect: async () => {
        const { scopes, grants } = state;
        if (scopes?.join(',') === SANDBOX_SCOPES.join(',')) return;
        keep({ scopes: SANDBOX_SCOPES });
        if (grants.length === 0) return;
        const body = { previous: scopes ?? [], current: SANDBOX_SCOPES, updated_at: iso(store.clock.now()) };
        announce(store, 'app/scopes_update', body);
      },
      connected: () => true,
    };
  },
};
