import { nextEffect } from '../../effects/manage.usecases.ts';
import { type DrainDeps, drainInbox } from '../../inbox/drain.usecases.ts';
import { nextDelivery } from '../../inbox/replay.usecases.ts';
import { foldShop } from '../../insights/fold.usecases.ts';
import { nextDue, settleDue } from '../../points/due.usecases.ts';
import { nextReview, reviewTiers } from '../../tiers/review.usecases.ts';
import type { SandboxDeps } from './sandbox.deps.ts';
import type { DueWork } from './sandbox.machine.ts';

/** What the time machine does for the shop at each stop, in this order: the same that the schedule does as time passes. */
export function worksOf(deps: DrainDeps & Pick<SandboxDeps, 'effects'>, shopId: number): DueWork[] {
  const { db, effects } = deps;
  return [
    {
      name: 'inbox',
      next: (until) => nextDelivery({ db }, shopId, until),
      work: () => drainInbox(deps, shopId),
    },
    {
      name: 'points',
      next: (until) => nextDue(db, shopId, until),
      work: (now) => settleDue(deps, shopId, now),
    },
    {
      name: 'tiers',
      next: (until) => nextReview({ db }, shopId, until),
      work: (now) => reviewTiers(deps, shopId, now),
    },
    {
      name: 'insights',
      // Follows what the others changed; nothing of it waits for a time.
      next: async () => null,
      work: (now) => foldShop(deps, shopId, now),
    },
    {
      name: 'effects',
      next: async (until) => (effects ? nextEffect({ db }, shopId, until) : null),
      work: async () => {
        const worked = (await effects?.().drain(shopId)) ?? 0;
        await effects?.().idle();
        return worked;
      },
    },
  ];
}
