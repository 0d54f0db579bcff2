import type { Database } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import { sandboxRoutes } from './sandbox.routes.ts';
import { shopifyKind } from './shopify/sandbox.shopify.ts';
import { type SandboxClock, sandboxClock } from './store/sandbox.clock.ts';
import type { Sandbox, SandboxDeps } from './store/sandbox.deps.ts';
import { dropJournal, newState, type SandboxState, writeState } from './store/sandbox.files.ts';
import { fillPast } from './store/sandbox.fill.ts';
import type { Kind } from './store/sandbox.kind.ts';
import { destination, type Ran, travel } from './store/sandbox.machine.ts';
import {
  keptSandbox,
  refusal,
  SANDBOX_SCOPES,
  type SandboxPlatformName,
  sandboxPlatform,
} from './store/sandbox.own.ts';
import { pastBegins, pastOf } from './store/sandbox.past.ts';
import { createStore } from './store/sandbox.store.ts';
import { worksOf } from './store/sandbox.works.ts';
import { SANDBOX_APP, type WooPlatform, wooKind } from './woocommerce/woo.kind.ts';

/** The sandbox store that is open: one of the two platforms, or neither. */
export type Played = { shopify: Sandbox | null; woocommerce: Sandbox<WooPlatform> | null };

/** What a sandbox is before the app stands: commands have no more of it. */
export type PreparedSandbox = {
  /** The time that the app goes by. */
  clock: SandboxClock;
  /** The app's keys at the platform that is played; null: the store is not made yet, or is no Shopify one. */
  shopifyKeys: { apiKey: string; apiSecret: string; scopes: string[]; webhooks: 'shop' } | null;
  /** Where the practice store of WooCommerce finds the app; null: another one is played. */
  storeApp: string | null;
  /** Opens the store; why not is logged, and neither is open then. `config` is what the environment says. */
  open(deps: Omit<SandboxDeps, 'clock' | 'folder'>, config: Parameters<typeof refusal>[1]): Promise<Played>;
};

export const NOT_PLAYED: Played = { shopify: null, woocommerce: null };

/**
 * The one way in: what a sandbox has kept beside this database. On its own database its time and its keys hold, for commands
 * too. What it keeps lies in files rather than in tables of the app: it plays a platform, whose orders no erasure, backup or
 * export of the app reaches.
 * @returns null where no sandbox is wanted
 */
export async function prepareSandbox(
  { db, folder, clock: real }: { db: Database; folder: string; clock: Clock },
  setting: 'on' | 'off' | 'woocommerce',
): Promise<PreparedSandbox | null> {
  const platform = sandboxPlatform(setting);
  if (platform === null) return null;
  const clock = sandboxClock(real);
  const kept = await keptSandbox({ db, folder, platform });
  if (kept) clock.moveTo(clock.now() + kept.offset);
  const { apiKey, apiSecret } = kept ?? {};
  const hasKeys = platform === 'shopify' && apiKey !== undefined && apiSecret !== undefined;
  return {
    clock,
    shopifyKeys: hasKeys ? { apiKey, apiSecret, scopes: SANDBOX_SCOPES, webhooks: 'shop' } : null,
    storeApp: platform === 'woocommerce' ? SANDBOX_APP : null,
    async open(deps, config) {
      const refused = await refusal({ db, folder, platform }, config);
      if (refused === null) return play({ ...deps, clock, folder }, platform);
      deps.logger.warn(refused);
      return NOT_PLAYED;
    },
  };
}

async function play(deps: SandboxDeps, platform: SandboxPlatformName): Promise<Played> {
  if (platform === 'shopify') return { ...NOT_PLAYED, shopify: await openStore(deps, shopifyKind) };
  return { ...NOT_PLAYED, woocommerce: await openStore(deps, wooKind) };
}

async function openStore<P>(deps: SandboxDeps, kind: Kind<P>): Promise<Sandbox<P>> {
  const { db, clock, folder, jobs } = deps;
  const { domain } = kind;
  const state = (await keptSandbox({ db, folder, platform: kind.name })) ?? begin(deps);
  const keep = (change: Partial<SandboxState>): void => writeState(folder, Object.assign(state, change));
  const past = deps.withoutPast ? { customers: [], orders: [] } : pastOf(state.madeAt);
  const store = createStore({ folder, clock, domain, past, tell: kind.tell(state) });
  const side = kind.side({ deps, state, keep, store });
  const { platform, sender, sessionToken, signed } = side;
  let origin: string | null = null;
  let journeys: Promise<unknown> = Promise.resolve();
  const journey = async (order: { advance?: string | undefined; to?: number | undefined }): Promise<Ran> => {
    const target = destination(clock.now(), order);
    // What is on its way arrives in the time in which it was sent.
    await sender.flush();
    await jobs.idle();
    if (kind.asksBack) {
      jobs.wake('platform', state.shopId);
      await jobs.idle();
    }
    return travel(clock, worksOf(deps, state.shopId), target, () => keep({ offset: clock.offset() }));
  };
  return {
    platform,
    domain,
    clock,
    sessionToken,
    ready: () => state.filled && side.connected(),
    routes: sandboxRoutes({
      deps,
      store,
      sender,
      sessionToken,
      signed,
      shopId: () => state.shopId,
      origin: () => origin,
      messages: deps.messages ?? (async () => []),
      advance: (order) => {
        // One journey at a time.
        const next = journeys.then(() => journey(order));
        journeys = next.catch(() => undefined);
        return next;
      },
    }),
    async start(at) {
      origin = at;
      side.reaches(at);
      if (state.shopId === 0) keep({ shopId: await kind.register(deps, state.madeAt) });
      if (!state.filled) {
        const words = deps.withoutPast ? [] : kind.words({ deps, platform }, past, pastBegins(state.madeAt));
        if (words.length > 0) await fillPast(deps, state.shopId, words, state.madeAt);
        keep({ filled: true });
      }
      sender.start(at);
      await side.connect();
    },
    async stop() {
      await journeys;
      await sender.stop();
    },
  };
}

/** A new store: whatever an earlier one has left here belonged to a database that is gone. */
function begin({ folder, clock }: SandboxDeps): SandboxState {
  dropJournal(folder);
  const state = newState(clock.now());
  writeState(folder, state);
  return state;
}
