import { setTimeout as sleep } from 'node:timers/promises';
import { PRACTICE_SECONDS, signStoreToken } from '../../commerce/woocommerce/connect/session.ts';
import { WOO_TOPICS } from '../../commerce/woocommerce/reading/woocommerce.commerce.ts';
import type { StoreFetch } from '../../commerce/woocommerce/store/store.types.ts';
import { systemClock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { registerStore, ZONE } from '../store/install.ts';
import type { SandboxState } from '../store/sandbox.files.ts';
import type { Kind, Side } from '../store/sandbox.kind.ts';
import { SHOP_DOMAIN } from '../store/sandbox.own.ts';
import { pastBegins } from '../store/sandbox.past.ts';
import { emptyWooState, type WooState } from '../store/woo.state.ts';
import { createWooStore, type WooStore } from './woo.store.ts';
import { tellAsWoo } from './woo.told.ts';
import { wooWords } from './woo.words.ts';

/** Where the practice store believes the app to be: stores hand keys over to https only, which this process does not speak. */
export const SANDBOX_APP = 'https://bazgasht.example.test';

const SITE = { url: `https://${SHOP_DOMAIN}`, timeZone: ZONE, version: '11.0.1' } as const;

/** The store as the app reaches it, and as tests reach into it. */
export type WooPlatform = { fetch: StoreFetch; appUrl: string; store: WooStore };

const stateOf = (state: SandboxState): WooState => {
  state.woo ??= emptyWooState();
  return state.woo;
};

/** How long the app has for its webhooks, in ms, and how often is looked. */
const PATIENCE = 20_000;
const LOOK = 25;

async function until(done: () => boolean): Promise<void> {
  for (let waited = 0; waited < PATIENCE && !done(); waited += LOOK) await sleep(LOOK);
}

/** Approves at the store, as its owner would who followed the app's link there. */
async function approve(store: WooStore, origin: string): Promise<void> {
  const failed = (why: string) =>
    new AppError('sandbox.not_connected', `The practice store could not be connected: ${why}.`);
  const asked = `${origin}/connect/woocommerce?store=${encodeURIComponent(store.site.url)}`;
  const begun = await fetch(asked, { redirect: 'manual' });
  const to = begun.headers.get('location');
  if (begun.status !== 302 || to === null) throw failed(`the app answered ${begun.status}`);
  const page = await store.connect.decide(to, true);
  if (page.status !== 302) throw failed(`the store answered ${page.status}`);
}

/** The sandbox as a WooCommerce store, which its owner connects by approving. */
export const wooKind: Kind<WooPlatform> = {
  // Of a refund they tell neither the day nor the goods.
  name: 'woocommerce',
  domain: SHOP_DOMAIN,
  asksBack: true,
  tell: (state) => tellAsWoo(() => stateOf(state).webhooks),
  register: registerStore,
  words: ({ platform }, past) => wooWords(platform.store, past),
  side({ deps: { logger }, state, keep, store }): Side<WooPlatform> {
    let app: string | null = null;
    let connecting = false;
    const woo = stateOf(state);
    const opened = createWooStore({
      store,
      logger,
      state: woo,
      keep: () => keep({ woo }),
      site: { ...SITE },
      begins: pastBegins(state.madeAt),
      now: systemClock.now,
      reach: (url) => (app !== null && url.startsWith(`${SANDBOX_APP}/`) ? url.replace(SANDBOX_APP, app) : null),
    });
    return {
      platform: { fetch: opened.fetch, appUrl: SANDBOX_APP, store: opened },
      sender: opened.sender,
      // The plugin signs with the secret that it shares with the app, which is the webhooks'.
      async sessionToken() {
        const secret = woo.webhooks[0]?.secret;
        if (secret === undefined)
          throw new AppError('sandbox.starting', 'The app has made no webhooks at the store so far.', { status: 503 });
        const now = systemClock.now();
        const exp = Math.floor(now / 1000) + PRACTICE_SECONDS;
        return signStoreToken({ storeUrl: SITE.url, secret, now }, { exp });
      },
      signed: null,
      reaches(origin) {
        app = origin;
      },
      async connect() {
        if (app === null || woo.keys.length > 0) return;
        connecting = true;
        await approve(opened, app);
        // What is bought before the app listens would be told to nobody.
        await until(() => woo.webhooks.length >= WOO_TOPICS.length);
        connecting = false;
      },
      connected: () => woo.keys.length > 0 && !connecting,
    };
  },
};
