import { forgetAnswers } from '../api/write.usecases.ts';
import type { Database } from '../db/database.ts';
import { type DrainDeps, drainInbox } from '../inbox/drain.usecases.ts';
import { shopsWaiting } from '../inbox/replay.usecases.ts';
import { dropBodies } from '../inbox/retention.usecases.ts';
import { foldShop, shopsToFold } from '../insights/fold.usecases.ts';
import { settleDue, shopsDue } from '../points/due.usecases.ts';
import { eraseOverdueShops, eraseShops } from '../privacy/erase.usecases.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import { reviewAllShops } from '../tiers/review.usecases.ts';
import type { Scheduled, Topic, TopicWork } from './jobs.port.ts';

/** What each topic does for one shop, and which shops have something due. */
export function topics(deps: DrainDeps): Record<Topic, TopicWork> {
  const { db, clock, ids } = deps;
  return {
    inbox: {
      handle: (shopId, enough) => drainInbox(deps, shopId, enough),
      due: () => shopsWaiting({ db }, clock.now()),
    },
    points: {
      handle: (shopId, enough) => settleDue({ db, ids }, shopId, clock.now(), enough),
      due: () => shopsDue(db, clock.now()),
    },
    // Only by the sweep, once a minute: what many deliveries change in the meantime is packed once.
    insights: {
      handle: (shopId, enough) => foldShop({ db, ids }, shopId, clock.now(), enough),
      due: () => shopsToFold(db),
    },
  };
}

type Deps = { db: Database; clock: Clock; ids: Ids };

/** Drops what is kept too long: bodies of applied deliveries, data of shops that left or were erased, first answers of the API. */
export async function retention({ db, clock, ids }: Deps) {
  const now = clock.now();
  const bodies = await dropBodies({ db }, now);
  const shops = await eraseOverdueShops({ db, ids }, now);
  const pieces = await eraseShops({ db });
  const answers = await forgetAnswers({ db }, now);
  return { bodies, shops, pieces, answers };
}

/** Jobs by the clock. Points that mature or expire are found by the sweep of their topic. */
export const schedule = (deps: Deps): Scheduled[] => [
  // Erasures are due within minutes of the platform's request.
  { name: 'retention', cron: '*/5 * * * *', work: () => retention(deps) },
  // Periods end at midnight, which comes at another hour to each time zone.
  { name: 'tiers', cron: '5 * * * *', work: () => reviewAllShops(deps, deps.clock.now()) },
];
