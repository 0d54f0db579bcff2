import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TierProgram } from '../contracts/tiers.ts';
import type { Database, Tx } from '../db/database.ts';
import { heldTier, tiersAt } from '../program/pins.usecases.ts';
import { defineProgram, programVersions, versionAt } from '../program/program.usecases.ts';
import { canonicalJson } from '../shared/canonical.ts';
import type { Clock } from '../shared/clock.ts';
import { forEach } from '../shared/each.ts';
import type { Ids } from '../shared/ids.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import { shopsList } from '../shops/shops.usecases.ts';
import { type Mover, settleTier } from './standing.usecases.ts';
import { customersAfter, factsBetween, factsOf, firstReview, overdueTiers, tiersBetween } from './tiers.repository.ts';

type Deps = { db: Database; ids: Ids; reactions: Reactions };

/** Customers looked at in one transaction: well under 50 ms even when each of them moves. */
const BATCH = 25;

/**
 * Looks at the customers of a shop whose tier is no longer kept and puts them where the metric is now, down too. Reads
 * nobody else. Idempotent: a second run finds nobody, and a clock that runs behind finds nobody either.
 * @returns how many customers were looked at
 */
export async function reviewTiers({ db, ids, reactions }: Deps, shopId: number, now: number): Promise<number> {
  const inShop = <T>(work: (scope: Scope) => Promise<T>) =>
    db.transaction(async (tx) => work(await openScope(tx, shopId, now, { ids, reactions })), { shop: shopId });
  for (let done = 0; ; ) {
    const due = await overdueTiers(db.read, shopId, now, BATCH);
    if (due.length === 0) return done;
    const reviewed = await inShop((scope) => reviewEach(scope, due));
    // Tiers are off: everybody waits where they are.
    if (!reviewed) return done;
    done += due.length;
    // Others' turn, as in every long piece of work: SQLite makes no pause by itself.
    await nextTurn();
  }
}

async function reviewEach(scope: Scope, customers: readonly string[]): Promise<boolean> {
  const program = await tiersAt(scope, scope.now);
  if (!program) return false;
  for (const customerId of customers) {
    const held = await heldTier(scope, customerId);
    const facts = await factsOf(scope, program.tiers.metric, customerId);
    await settleTier(scope, program, { customerId, held, facts }, { actor: 'system', reviewing: true });
  }
  return true;
}

/** When a tier of the shop is to be reviewed first, not after an instant; null: none is. */
export const nextReview = ({ db }: Pick<Deps, 'db'>, shopId: number, until: number): Promise<number | null> =>
  firstReview(db.read, shopId, until);

/**
 * The review of every shop; where it fails for one, the others come all the same.
 * @returns how many customers were looked at
 * @throws what the first shop failed of, once all were tried
 */
export async function reviewAllShops(deps: Deps, now: number): Promise<number> {
  let done = 0;
  await forEach(await shopsList(deps), async ({ id }) => {
    done += await reviewTiers(deps, id, now);
  });
  return done;
}

/**
 * Makes a version of the program with these tiers, in force from now on (in a shop whose program has yet to begin: from
 * then on), and lifts at once whoever they lift. Nobody goes
 * down by it, no points are taken: that is for the review, when what members hold is no longer kept. The tiers that are
 * in force already make no version.
 * @returns the version in force, the customers looked at, and how many of them moved
 */
export async function setTiers(
  deps: Deps & { clock: Clock },
  shopId: number,
  { tiers, actor }: { tiers: TierProgram; actor: string },
): Promise<{ version: number; members: number; moved: number }> {
  const { db, clock } = deps;
  const now = clock.now();
  const version = await db.transaction(
    async (tx) => {
      const scope = await openScope(tx, shopId, now, deps);
      const known = versionAt(await programVersions(scope), now);
      const same = known?.rules.tiers && canonicalJson(known.rules.tiers) === canonicalJson(tiers);
      if (known && same) return known.version;
      const rules = { ...(known?.rules ?? { earning: [], clawback: 'debt' as const }), tiers };
      // Not before the version it replaces: that one would come into force again after it.
      return defineProgram(scope, { actor, rules, effectiveFrom: Math.max(now, known?.effectiveFrom ?? now) });
    },
    { shop: shopId },
  );
  return { version, ...(await reviewEverybody(deps, shopId, now, { actor, reviewing: false })) };
}

/** Lifts at once whoever the tiers in force lift; nobody goes down by it. Doing it again changes nothing. */
export const liftMembers = (deps: Deps, shopId: number, now: number, actor: string) =>
  reviewEverybody(deps, shopId, now, { actor, reviewing: false });

/** Looks at every customer of a shop, a page a transaction. */
async function reviewEverybody({ db, ids, reactions }: Deps, shopId: number, now: number, mover: Mover) {
  const sum = { members: 0, moved: 0 };
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after;
    after = await db.transaction(
      async (tx) => {
        const scope = await openScope(tx, shopId, now, { ids, reactions });
        const program = await tiersAt(scope, now);
        if (!program) return undefined;
        const page = await membersAfter(tx, shopId, program.tiers.metric, from, BATCH);
        for (const member of page) {
          sum.members += 1;
          if (await settleTier(scope, program, member, mover)) sum.moved += 1;
        }
        return page.at(-1)?.customerId;
      },
      { shop: shopId },
    );
  }
  return sum;
}

/** A page of customers with what they hold and what they did. */
export async function membersAfter(db: Tx, shop: number, metric: TierProgram['metric'], after: string, limit: number) {
  const customers = await customersAfter(db, shop, after, limit);
  const last = customers.at(-1);
  if (last === undefined) return [];
  const held = await tiersBetween(db, shop, after, last);
  const facts = await factsBetween(db, shop, metric, after, last);
  return customers.map((customerId) => ({
    customerId,
    held: held.get(customerId) ?? null,
    facts: facts.get(customerId) ?? [],
  }));
}
