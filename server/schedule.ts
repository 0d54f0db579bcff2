import { forgetAnswers } from './api/write.usecases.ts';
import { forgetArchives } from './archives/archives.usecases.ts';
import { makeArchives, shopsToArchive } from './archives/make-archives.usecases.ts';
import { forgetHandovers } from './commerce/woocommerce/connect/handovers.usecases.ts';
import type { Database } from './db/database.ts';
import { forgetEffects, shopsToPerform } from './effects/manage.usecases.ts';
import type { Effects } from './effects/perform.usecases.ts';
import { dropOldFiles } from './files/files.usecases.ts';
import { forgetRuns } from './imports/runs.usecases.ts';
import { shopsToImport, workImports } from './imports/work.usecases.ts';
import { type DrainDeps, drainInbox } from './inbox/drain.usecases.ts';
import { shopsWaiting } from './inbox/replay.usecases.ts';
import { dropBodies } from './inbox/retention.usecases.ts';
import { foldShop, shopsToFold } from './insights/fold.usecases.ts';
import type { Scheduled, Topic, TopicWork } from './jobs/jobs.port.ts';
import { settleDue, shopsDue } from './points/due.usecases.ts';
import { eraseOverdueShops, eraseShops } from './privacy/erase.usecases.ts';
import { type Clock, systemClock } from './shared/clock.ts';
import { forEach } from './shared/each.ts';
import type { Ids } from './shared/ids.ts';
import type { Reactions } from './shops/scope.ts';
import { shopsList } from './shops/shops.usecases.ts';
import { askHourly, askNightly, type Reading, shopsToRead, syncShop } from './syncs/run.usecases.ts';
import { reviewAllShops } from './tiers/review.usecases.ts';

/** Between two times that a shop's numbers are brought up to date because of its deliveries. */
export const FOLD_EVERY_MS = 2_000;

type Also = {
  reading?: Reading | null;
  effects?: Pick<Effects, 'drain'> | null;
  /** Is told of shops of which deliveries were applied, so that their numbers follow. */
  foldSoon?: (shopId: number) => void;
};

/** What each topic does for one shop, and which shops have something due. */
export function topics(
  deps: DrainDeps,
  { reading = null, effects = null, foldSoon = () => undefined }: Also = {},
): Record<Topic, TopicWork> {
  const { db, clock } = deps;
  return {
    inbox: {
      async handle(shopId, enough) {
        const done = await drainInbox(deps, shopId, enough);
        // While deliveries wait, the sweep is often enough: what many of them change is packed once.
        if (done > 0 && !enough()) foldSoon(shopId);
      },
      due: () => shopsWaiting({ db }, clock.now()),
    },
    points: {
      handle: (shopId, enough) => settleDue(deps, shopId, clock.now(), enough),
      due: () => shopsDue(db, clock.now()),
    },
    insights: {
      handle: (shopId, enough) => foldShop(deps, shopId, clock.now(), enough),
      due: () => shopsToFold(db),
    },
    // What is read from the platforms; nothing where none is configured.
    platform: {
      handle: async (shopId, enough) => reading && syncShop(reading, shopId, enough),
      due: async () => (reading ? shopsToRead(reading) : []),
    },
    imports: {
      handle: (shopId, _enough, stopping) => workImports(deps, shopId, stopping),
      due: () => shopsToImport({ db }, clock.now()),
    },
    archives: {
      handle: (shopId, _enough, stopping) => makeArchives(deps, shopId, stopping),
      due: () => shopsToArchive({ db }, clock.now()),
    },
    effects: {
      handle: async (shopId, enough, stopping) => effects?.drain(shopId, enough, stopping),
      due: async () => (effects ? shopsToPerform({ db }, clock.now()) : []),
    },
  };
}

type Deps = { db: Database; clock: Clock; ids: Ids; reactions: Reactions };

/**
 * Drops what is kept too long: bodies of applied deliveries, data of shops that left or were erased, first answers of the
 * API, handovers of keys. These go by real time, also where the clock was put ahead.
 */
export async function retention({ db, clock, ids, reactions, realClock = systemClock }: Deps & { realClock?: Clock }) {
  const now = clock.now();
  const done = { bodies: 0, shops: 0, pieces: 0, answers: 0, handovers: 0, archives: 0, files: 0, effects: 0 };
  await forEach(
    [
      async () => (done.bodies = await dropBodies({ db }, now)),
      async () => (done.shops = await eraseOverdueShops({ db, ids, reactions }, now)),
      async () => (done.pieces = await eraseShops({ db })),
      async () => (done.answers = await forgetAnswers({ db }, now)),
      async () => (done.handovers = await forgetHandovers({ db }, realClock.now())),
      async () => (done.archives = await forgetArchives({ db }, now)),
      async () => (done.files = await dropOldFiles({ db }, now)),
      async () => (done.effects = await forgetEffects({ db }, now)),
      () => forgetRuns({ db }, now),
    ],
    (step) => step(),
  );
  return done;
}

/** `wake`: a shop has something to be read. */
type Reads = { reading: Reading; wake: (shopId: number) => void };

/** Asks in every shop for what is to be looked at now. @returns how many shops */
async function look({ reading, wake }: Reads, ask: typeof askNightly): Promise<number> {
  let shops = 0;
  for (const { id } of await shopsList(reading)) {
    if (!(await ask(reading, id))) continue;
    wake(id);
    shops += 1;
  }
  return shops;
}

/** Jobs by the clock. Points that mature or expire are found by the sweep of their topic. */
export const schedule = (deps: Deps, reads: Reads | null = null): Scheduled[] => [
  // Erasures are due within minutes of the platform's request.
  { name: 'retention', cron: '*/5 * * * *', work: () => retention(deps) },
  // Periods end at midnight, which comes at another hour to each time zone.
  { name: 'tiers', cron: '5 * * * *', work: () => reviewAllShops(deps, deps.clock.now()) },
  ...(reads
    ? [
        // What webhooks missed is looked for each night, the webhooks themselves are looked at more often.
        { name: 'reconcile', cron: '40 2 * * *', work: () => look(reads, askNightly) },
        { name: 'webhooks', cron: '10 * * * *', work: () => look(reads, askHourly) },
      ]
    : []),
];
