import type { Database } from '../db/database.ts';
import type { Bought } from '../insights/members.usecases.ts';
import { shopStandards } from '../insights/standards.usecases.ts';
import { daysBetween, localDay } from '../shared/calendar.ts';
import type { Clock } from '../shared/clock.ts';
import { minorDigits } from '../shared/money.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { scoreOf } from './score.rules.ts';

/** The score of a customer by what they bought (revenue in currency units), and what is known of them besides. */
export async function customerScore(
  deps: { db: Database; clock: Clock },
  shop: Shop,
  { bought, account, subscribed }: { bought: Bought; account: boolean; subscribed: number },
) {
  const now = deps.clock.now();
  const unit = 10 ** minorDigits(shop.currency);
  const { orders, revenue, lastDay } = bought;
  const silentDays = lastDay === null ? null : Math.max(0, daysBetween(lastDay, localDay(now, zoneAt(shop, now))));
  const { total, parts } = scoreOf(
    { silentDays, orders, revenue: Math.round(revenue * unit), account, subscribed },
    await shopStandards(deps, shop),
  );
  const shown = parts.map((part) =>
    part.name === 'spend' && part.value !== null ? { ...part, value: part.value / unit } : part,
  );
  return { total, parts: shown };
}
