import type { Router } from 'express';
import type { DrainDeps } from '../inbox/drain.usecases.ts';
import type { Jobs } from '../jobs/jobs.port.ts';
import type { Vault } from '../shared/crypto.ts';
import type { SandboxClock } from './sandbox.clock.ts';
import { dropJournal, newState, type SandboxState, writeState } from './sandbox.files.ts';
import { fillPast } from './sandbox.fill.ts';
import type { Kind } from './sandbox.kind.ts';
import { destination, type Ran, travel } from './sandbox.machine.ts';
import { keptSandbox } from './sandbox.own.ts';
import { pastBegins, pastOf } from './sandbox.past.ts';
import { sandboxRoutes } from './sandbox.routes.ts';
import { shopifyKind } from './sandbox.shopify.ts';
import { createStore } from './sandbox.store.ts';
import type { SandboxPlatform } from './sandbox.types.ts';
import { worksOf } from './sandbox.works.ts';
import { type WooPlatform, wooKind } from './woocommerce/woo.kind.ts';

/** What the message inbox shows of a message that the app sent, rendered. */
export type SandboxMessage = {
  channel: string;
  to: string;
  subject: string | null;
  text: string;
  html: string | null;
  at: number;
  flow: string | null;
  step: string | null;
};

export type SandboxDeps = DrainDeps & {
  vault: Vault;
  jobs: Jobs;
  /** The app's clock, which the time machine moves. */
  clock: SandboxClock;
  /** Where keys, clock and journal are kept: the database's folder. */
  folder: string;
  /** Messages that the app has sent to an address, newest last; nothing sends any yet. */
  messages?: (to: string | null) => Promise<SandboxMessage[]>;
  /** Leaves history out: for tests of what comes after it. */
  withoutPast?: boolean;
};

export type Sandbox<P = SandboxPlatform> = {
  /** The platform, as the app calls it. */
  platform: P;
  domain: string;
  /** For `/sandbox`. */
  routes: Router;
  /** Whether the shop is there with its whole history. */
  ready(): boolean;
  sessionToken(): Promise<string>;
  clock: SandboxClock;
  /** Registers the store, brings its history in and begins to send webhooks to the app at this origin. */
  start(origin: string): Promise<void>;
  stop(): Promise<void>;
};

/**
 * The sandbox store of this database, made at its first start. What it keeps lies in files beside the database rather than
 * in tables of the app: it plays a platform, whose orders no erasure, backup or export of the app reaches.
 * The caller has asked `refusal` whether it may start.
 */
export const createSandbox = (deps: SandboxDeps): Promise<Sandbox> => openStore(deps, shopifyKind);

/** The same as a WooCommerce store. */
export const createWooSandbox = (deps: SandboxDeps): Promise<Sandbox<WooPlatform>> => openStore(deps, wooKind);

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
