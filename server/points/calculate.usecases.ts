import type { ProgramRules } from '../contracts/program.ts';
import type { Database } from '../db/database.ts';
import { catalogueOf } from '../products/products.usecases.ts';
import { programAt } from '../program/change-program.usecases.ts';
import { isValidDay, localDay, startOfDay } from '../shared/calendar.ts';
import type { Clock } from '../shared/clock.ts';
import { badRequest, notFound } from '../shared/errors.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { calculateSample, type Sample } from './sample.rules.ts';

export type AskedSample = Omit<Sample, 'lines'> & {
  lines: readonly Omit<Sample['lines'][number], 'vendor'>[];
  /** Rules to try; left out: those in force when the order is placed. */
  rules?: ProgramRules | undefined;
  /** A local day; left out: now. */
  on?: string | undefined;
};

const NOON_MS = 12 * 3_600_000;

/**
 * What a sample order would earn, rule by rule. Changes nothing. Products are looked up as they are in the catalogue.
 * @throws AppError program.unknown, api.day
 */
export async function calculate({ db, clock }: { db: Database; clock: Clock }, shop: Shop, asked: AskedSample) {
  const placedAt = asked.on === undefined ? clock.now() : noonOf(asked.on, shop);
  const ledger = { tx: db.read, shop };
  const rules = asked.rules ?? (await programAt(ledger, placedAt))?.rules;
  if (!rules) throw notFound('program.unknown', 'The shop has no program yet.');
  const catalogue = await catalogueOf(
    ledger,
    asked.lines.flatMap(({ product }) => product ?? []),
  );
  const lines = asked.lines.map((line) => ({
    ...line,
    vendor: (line.product === null ? null : catalogue(line.product)?.vendor) ?? null,
  }));
  const zone = (instant: number) => zoneAt(shop, instant);
  const result = calculateSample(
    { ...asked, lines },
    {
      rules,
      catalogue,
      placedAt,
      zoneAt: zone,
      programStart: shop.programStart,
      placedDay: localDay(placedAt, zone(placedAt)),
    },
  );
  return { ...result, placedAt };
}

function noonOf(day: string, shop: Shop): number {
  if (!isValidDay(day)) {
    throw badRequest('api.day', '"on" has to be a day such as 2026-03-21.', { field: 'on', reason: 'is no day' });
  }
  return startOfDay(day, zoneAt(shop, Date.parse(day))) + NOON_MS;
}
