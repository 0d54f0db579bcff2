import type { Database, Tx } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import { badRequest } from '../shared/errors.ts';
import type { Ids } from '../shared/ids.ts';
import { minorDigits } from '../shared/money.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import type { Shop } from '../shops/shops.types.ts';
import { setCalendar } from '../shops/shops.usecases.ts';
import type { Economics } from './economics.rules.ts';
import { findEconomics, putEconomics } from './insights.repository.ts';
import { nextVersion } from './versions.repository.ts';

type Deps = { db: Database; clock: Clock; ids: Ids; reactions: Reactions };

/** What a merchant can say of their numbers; left out: stays as it is. Margin as a share, amounts in currency units. */
export type NumberSettings = {
  grossMargin?: number | undefined;
  acquisitionCost?: number | undefined;
  pointCost?: number | undefined;
  calendar?: Shop['calendar'] | undefined;
};

const NOTHING: Economics = { grossMargin: null, acquisitionCost: null, pointCost: null };
/** A million currency units: beyond that it is a slip of the keyboard. */
const MOST = 1_000_000;

/**
 * Sets what unit economics and liability need, and the calendar of months. Every change is kept with who made it.
 * @throws AppError insights.settings
 */
export const setNumberSettings = (deps: Deps, shop: Shop, settings: NumberSettings, actor: string) =>
  deps.db.transaction(
    async (tx) => changeNumberSettings(await openScope(tx, shop.id, deps.clock.now(), deps), settings, actor),
    { shop: shop.id },
  );

/** As setNumberSettings, inside a transaction of the shop. */
export async function changeNumberSettings(scope: Scope, settings: NumberSettings, actor: string) {
  const { tx, shop } = scope;
  const unit = 10 ** minorDigits(shop.currency);
  const change = {
    ...given('grossMargin', scaled('grossMargin', settings.grossMargin, 10_000, 1)),
    ...given('acquisitionCost', scaled('acquisitionCost', settings.acquisitionCost, unit, MOST)),
    ...given('pointCost', scaled('pointCost', settings.pointCost, unit * 1000, MOST)),
  };
  const { grossMargin, acquisitionCost, pointCost } = (await findEconomics(tx, shop.id)) ?? NOTHING;
  const before = { grossMargin, acquisitionCost, pointCost, calendar: shop.calendar };
  const { calendar = before.calendar } = settings;
  const after = { ...before, ...change, calendar };
  await putEconomics(scope, {
    grossMargin: after.grossMargin,
    acquisitionCost: after.acquisitionCost,
    pointCost: after.pointCost,
  });
  if (calendar !== before.calendar) await setCalendar(scope, calendar);
  await nextVersion(scope);
  await recordAction(scope, { actor, action: 'numbers.settings', before, after });
  return after;
}

/** What the merchant said of their costs: margin as a share, amounts in currency units; null until given. */
export async function economicsOf(db: Tx, shop: Shop) {
  const unit = 10 ** minorDigits(shop.currency);
  const { grossMargin, acquisitionCost, pointCost } = (await findEconomics(db, shop.id)) ?? NOTHING;
  const over = (value: number | null, by: number) => (value === null ? null : value / by);
  return {
    grossMargin: over(grossMargin, 10_000),
    acquisitionCost: over(acquisitionCost, unit),
    pointCost: over(pointCost, unit * 1000),
  };
}

const given = <K extends string>(name: K, value: number | undefined) => (value === undefined ? {} : { [name]: value });

function scaled(field: string, value: number | undefined, by: number, most: number): number | undefined {
  if (value === undefined) return undefined;
  if (Number.isFinite(value) && value >= 0 && value <= most) return Math.round(value * by);
  throw badRequest('insights.settings', `"${field}" has to be a number from 0 to ${most}.`, { field });
}
