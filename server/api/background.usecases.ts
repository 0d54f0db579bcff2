import type { Database } from '../db/database.ts';
import { queuedEffects } from '../effects/manage.usecases.ts';
import { backlogOf } from '../inbox/backlog.usecases.ts';
import { unfoldedIn } from '../insights/fold.usecases.ts';
import { type Ticking, ticksOf } from '../jobs/ticks.usecases.ts';
import { dueIn } from '../points/due.usecases.ts';
import type { Clock } from '../shared/clock.ts';
import { conflict } from '../shared/errors.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import type { Shop } from '../shops/shops.types.ts';
import { askSync, type SyncKind, type SyncRow, syncsOf } from '../syncs/syncs.usecases.ts';

type Deps = { db: Database; clock: Clock; schedule: readonly Ticking[] };

const syncView = ({
  kind,
  state,
  count,
  refused,
  total,
  errorCode,
  reason,
  dueAt,
  startedAt,
  finishedAt,
}: SyncRow) => ({
  kind,
  state,
  count,
  refused,
  total,
  errorCode,
  reason,
  dueAt,
  startedAt,
  finishedAt,
});

/** What works in the background for a shop: all of it from indexes. */
export async function jobsOf({ db, clock, schedule }: Deps, shop: Shop) {
  const now = clock.now();
  const inbox = await backlogOf({ db }, shop.id);
  const points = await dueIn(db, shop.id, now);
  const effects = await queuedEffects({ db }, shop.id);
  return {
    syncs: (await syncsOf({ db }, shop.id)).map(syncView),
    queues: [
      { name: 'inbox', waiting: inbox.waiting, oldestAt: inbox.oldest },
      { name: 'parked', waiting: inbox.parked, oldestAt: inbox.oldestParked },
      { name: 'points', waiting: points.waiting, oldestAt: points.oldest },
      { name: 'effects', waiting: effects.count, oldestAt: effects.oldest },
      { name: 'insights', waiting: await unfoldedIn(db, shop.id), oldestAt: null },
    ],
    schedule: await ticksOf({ db }, schedule, now),
  };
}

/** Wants something read from the platform again, now. @throws AppError syncs.not_installed */
export async function wantSync(scope: Scope, kind: SyncKind, actor: string): Promise<void> {
  if (scope.shop.state !== 'installed') {
    throw conflict(
      'syncs.not_installed',
      'This shop is only registered: Bazgasht has no access to its platform, from which it could read. Install the app, or connect the store, first.',
    );
  }
  await askSync(scope, kind);
  await recordAction(scope, { actor, action: 'sync.ask', target: kind, before: null, after: { kind } });
}
