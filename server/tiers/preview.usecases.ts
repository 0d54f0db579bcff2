import type { TierProgram } from '../contracts/tiers.ts';
import { findCustomerByName } from '../customers/lookup.usecases.ts';
import type { Database } from '../db/database.ts';
import { baseLevel } from '../program/levels.rules.ts';
import type { Clock } from '../shared/clock.ts';
import { notFound } from '../shared/errors.ts';
import type { Shop } from '../shops/shops.types.ts';
import { membersAfter } from './review.usecases.ts';
import { termsFor } from './standing.usecases.ts';
import { movesOf } from './tiers.repository.ts';
import { levelsPassed, rankOf, standingOf } from './tiers.rules.ts';

type Deps = { db: Database; clock: Clock };

export type TierPreview = {
  members: number;
  /** At once. */
  up: number;
  /** Later: by the review, when what they hold is no longer kept. */
  down: number;
  stay: number;
  /** Members of a level that is not among the new ones. */
  removed: number;
  /** The most that entry bonuses can come to at once: those who had one before get none. */
  entryBonuses: number;
  moves: { from: string | null; to: string | null; members: number }[];
};

const PAGE = 500;

/** What a definition would do to the members of a shop. Only reads. */
export async function previewTiers({ db, clock }: Deps, shop: Shop, tiers: TierProgram): Promise<TierPreview> {
  const scope = { shop, now: clock.now() };
  const base = baseLevel(tiers)?.id ?? null;
  const sum: Omit<TierPreview, 'moves'> = { members: 0, up: 0, down: 0, stay: 0, removed: 0, entryBonuses: 0 };
  const moves = new Map<string, TierPreview['moves'][number]>();
  let after: string | undefined = '';
  while (after !== undefined) {
    const page: Awaited<ReturnType<typeof membersAfter>> = await membersAfter(
      db.read,
      shop.id,
      tiers.metric,
      after,
      PAGE,
    );
    for (const { held, facts } of page) {
      const { tier: to, rank } = standingOf(facts, termsFor(scope, { tiers }, held));
      const from = held?.tier ?? base;
      const difference = rank - rankOf(tiers, from);
      const known = from === null || tiers.levels.some(({ id }) => id === from);
      const kind = known ? (['down', 'stay', 'up'] as const)[Math.sign(difference) + 1] : 'removed';
      sum.members += 1;
      sum[kind ?? 'stay'] += 1;
      for (const { entryBonus } of levelsPassed(tiers, from, to)) sum.entryBonuses += entryBonus;
      const pair = moves.get(`${from}|${to}`) ?? { from, to, members: 0 };
      moves.set(`${from}|${to}`, { ...pair, members: pair.members + 1 });
    }
    after = page.at(-1)?.customerId;
  }
  const place = (id: string | null) => tiers.levels.findIndex((level) => level.id === id);
  const inOrder = [...moves.values()].sort((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to));
  return { ...sum, moves: inOrder };
}

/**
 * A customer's moves, oldest first. `name` is an e-mail, a phone, the platform's id or ours.
 * @throws AppError customers.unknown
 */
export async function tierHistory({ db }: Pick<Deps, 'db'>, shop: Shop, name: string) {
  const customerId = await findCustomerByName({ db }, shop, name);
  if (customerId === null) throw notFound('customers.unknown', `The shop has no customer "${name}".`);
  const rows = await movesOf(db.read, shop.id, customerId);
  return rows.map(({ fromTier: from, toTier: to, reason, figures, at, programVersion, actor }) => ({
    from,
    to,
    reason,
    figures,
    at,
    programVersion,
    actor,
  }));
}
