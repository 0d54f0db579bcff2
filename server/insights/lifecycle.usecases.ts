import { customerCount } from '../customers/lookup.usecases.ts';
import { tiersAt } from '../program/pins.usecases.ts';
import { localDay } from '../shared/calendar.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { topTierMembers } from '../tiers/top.usecases.ts';
import type { Columns } from './columns.rules.ts';
import { CHUNK } from './fold.rules.ts';
import { foldShop, foldSome } from './fold.usecases.ts';
import { placesOf } from './insights.repository.ts';
import { answeredOnce } from './kept-answers.usecases.ts';
import type { KpiDeps } from './kpis.usecases.ts';
import { silenceOf, stageCounts } from './lifecycle.rules.ts';
import { dayNumber } from './months.rules.ts';
import { shopColumns } from './shop-columns.usecases.ts';

const PAGE = 500;

/**
 * How many customers of a shop stand in each stage of their life today, and after how many days of silence a customer of
 * this shop is at risk and lost: P50 and P90 of its own gaps between orders.
 */
export async function lifecycle(deps: KpiDeps, shop: Shop) {
  await foldShop(deps, shop.id, deps.clock.now());
  return stagesAsPacked(deps, shop);
}

/** The same for callers who come often: one batch is packed at most, and the answer says how far it holds. */
export async function sharedLifecycle(deps: KpiDeps, shop: Shop) {
  const asOf = await foldSome(deps, shop.id, deps.clock.now());
  return { asOf, ...(await stagesAsPacked(deps, shop)) };
}

async function stagesAsPacked({ db, clock }: KpiDeps, shop: Shop) {
  const question = ['stages', await standingVersion({ db, clock }, shop)] as const;
  const { counts, silence } = await answeredOnce({ db, clock }, shop, question, {
    bytesOf: () => 500,
    async work() {
      const { chunks } = await shopColumns(db, shop.id);
      const standing = await standingNow({ db, clock }, shop, chunks);
      return { counts: stageCounts(chunks, { ...standing, size: CHUNK }), silence: standing.silence };
    },
  });
  const bought = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const stages = { ...counts, lead: Math.max(0, (await customerCount({ db }, shop.id)) - bought) };
  return { at_risk_after_days: silence.atRisk, lost_after_days: silence.lost, stages };
}

/** What makes stages others that is written nowhere in the numbers: which tiers are in force. */
export const standingVersion = async ({ db, clock }: Pick<KpiDeps, 'db' | 'clock'>, shop: Shop) =>
  (await tiersAt({ tx: db.read, shop }, clock.now()))?.version ?? null;

/** By what a customer's stage is told today: the day, the silences of this shop, and the places of the top tier. */
export async function standingNow(
  { db, clock }: Pick<KpiDeps, 'db' | 'clock'>,
  shop: Shop,
  chunks: readonly { columns: Columns }[],
) {
  const now = clock.now();
  const to = dayNumber(localDay(now, zoneAt(shop, now)));
  const silence = silenceOf(
    chunks.map(({ columns }) => columns),
    to,
  );
  const topTier = new Set<number>();
  const members = await topTierMembers({ tx: db.read, shop }, now);
  for (let at = 0; at < members.length; at += PAGE) {
    for (const place of await placesOf(db.read, shop.id, members.slice(at, at + PAGE))) topTier.add(place);
  }
  return { to, silence, topTier };
}
