import type { Database } from '../db/database.ts';
import { localDay } from '../shared/calendar.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { foldShop } from './fold.usecases.ts';
import { type KpiDeps, type KpiRange, type Kpis, kpis } from './kpis.usecases.ts';
import { versionOf } from './versions.repository.ts';

/** Numbers, and the same written as JSON: for a long history, writing takes as long as computing. */
export type Answer = { numbers: Kpis; json: Buffer };

/** Answers kept, all shops together: each some 50 KB. */
const MOST = 200;

/** Answers and answers on their way, least recently asked first; for each database its own. */
const kept = new WeakMap<Database, Map<string, Promise<Answer>>>();

/**
 * The same as `kpis`, for callers who come often and together: the same question about numbers that nobody has written since
 * is answered once. What makes an answer another one is part of its name, so none has to be thrown away when it ages.
 * @throws AppError insights.range, insights.window
 */
export async function sharedKpis(deps: KpiDeps, shop: Shop, range: KpiRange): Promise<Answer> {
  const { db, ids, clock } = deps;
  const now = clock.now();
  await foldShop({ db, ids }, shop.id, now);
  const today = localDay(now, zoneAt(shop, now));
  const { from, to, window } = range;
  const version = await versionOf(db.read, shop.id);
  const name = JSON.stringify([shop.id, version, today, shop.calendar, shop.currency, from, to, window]);
  const answers = kept.get(db) ?? new Map<string, Promise<Answer>>();
  kept.set(db, answers);
  const answer = answers.get(name) ?? written(kpis(deps, shop, range));
  // Put in anew: the one asked longest ago comes first.
  answers.delete(name);
  answers.set(name, answer);
  answer.catch(() => answers.delete(name));
  for (const old of answers.keys()) {
    if (answers.size <= MOST) break;
    answers.delete(old);
  }
  return answer;
}

async function written(computing: Promise<Kpis>): Promise<Answer> {
  const numbers = await computing;
  return { numbers, json: Buffer.from(JSON.stringify(numbers)) };
}
