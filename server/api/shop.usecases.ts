import type { Database, Tx } from '../db/database.ts';
import { effectProblems } from '../effects/manage.usecases.ts';
import { backlogOf } from '../inbox/backlog.usecases.ts';
import { changeNumberSettings, economicsOf, type NumberSettings } from '../insights/settings.usecases.ts';
import { newestOrder } from '../orders/history.usecases.ts';
import { localDay } from '../shared/calendar.ts';
import type { Clock } from '../shared/clock.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import { problemsOf } from '../shops/problems.rules.ts';
import type { Scope } from '../shops/scope.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { setLocale, setShowToman } from '../shops/shops.usecases.ts';
import { troubleOf } from '../shops/stores.usecases.ts';
import { type SyncRow, syncsOf } from '../syncs/syncs.usecases.ts';

/** A shop as its merchant sees it, with their settings. */
export async function viewOf(db: Tx, shop: Shop, now: number) {
  const { id, platform, domain, name, state, currency, timeZone, locale, calendar, country, programStart } = shop;
  const { showToman } = shop;
  return {
    id,
    platform,
    domain,
    name,
    state,
    currency,
    timeZone,
    locale,
    calendar,
    country,
    programStart,
    showToman,
    today: localDay(now, zoneAt(shop, now)),
    economics: await economicsOf(db, shop),
  };
}

export type ShopChange = {
  locale?: 'en' | 'fa' | undefined;
  calendar?: Shop['calendar'] | undefined;
  showToman?: boolean | undefined;
  economics?: Omit<NumberSettings, 'calendar'> | undefined;
};

/** Changes what is said and leaves the rest; each part with an audit row. @returns the shop afterwards */
export async function changeShop(scope: Scope, { locale, calendar, showToman, economics }: ShopChange, actor: string) {
  if (locale !== undefined && locale !== scope.shop.locale) {
    const before = { locale: scope.shop.locale };
    await setLocale(scope, locale);
    await recordAction(scope, { actor, action: 'shop.locale', before, after: { locale } });
  }
  if (showToman !== undefined && showToman !== scope.shop.showToman) {
    const before = { showToman: scope.shop.showToman };
    await setShowToman(scope, showToman);
    await recordAction(scope, { actor, action: 'shop.toman', before, after: { showToman } });
  }
  if (calendar !== undefined || economics !== undefined) {
    await changeNumberSettings(scope, { ...economics, calendar }, actor);
  }
  return viewOf(scope.tx, scope.shop, scope.now);
}

const syncView = ({ kind, state, count, refused, total, errorCode, reason, dueAt, finishedAt }: SyncRow) => ({
  kind,
  state,
  done: count,
  refused,
  total,
  errorCode,
  reason,
  nextAt: dueAt,
  finishedAt,
});

/** How a shop does, for the first page: all of it from indexes. */
export async function statusOf({ db, clock }: { db: Database; clock: Clock }, shop: Shop) {
  const { waiting, oldest, parked } = await backlogOf({ db }, shop.id);
  const order = await newestOrder({ db }, shop.id);
  const trouble = await troubleOf({ db }, shop.id);
  const syncs = await syncsOf({ db }, shop.id);
  const waits = await effectProblems({ db }, shop.id);
  return {
    state: shop.state,
    installedAt: shop.installedAt,
    lagSeconds: oldest === null ? 0 : Math.max(0, clock.now() - oldest) / 1000,
    waiting,
    parked,
    lastOrder: order && { id: order.id, number: order.number, placedAt: order.placedAt, counts: order.counts },
    syncs: syncs.map(syncView),
    problems: problemsOf({ shop, ...trouble, readings: syncs, waits, now: clock.now() }),
  };
}
