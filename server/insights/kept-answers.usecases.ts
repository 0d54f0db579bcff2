import type { Database } from '../db/database.ts';
import { createCache } from '../shared/cache.ts';
import { localDay } from '../shared/calendar.ts';
import type { Clock } from '../shared/clock.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { versionOf } from './versions.repository.ts';

type Kept = { answer: unknown; bytes: number };

/** A list of a million customers takes 4 MB. */
const answersOf = createCache<string, Kept>({
  name: 'answers',
  share: 0.35,
  entries: 400,
  bytesOf: ({ bytes }) => bytes,
});

/**
 * The answer to a question about a shop's numbers, worked out once for each version of them, however many ask and however
 * close together. What makes an answer another one is part of its name, so none has to be thrown away when it ages.
 * Call it after `foldShop`, or what changed since is missing.
 * @param question what is asked, as JSON; different kinds of questions begin differently
 */
export async function answeredOnce<T>(
  { db, clock }: { db: Database; clock: Clock },
  shop: Shop,
  question: readonly [kind: string, ...unknown[]],
  { work, bytesOf }: { work: () => Promise<T>; bytesOf: (answer: T) => number },
): Promise<T> {
  const now = clock.now();
  const version = await versionOf(db.read, shop.id);
  const today = localDay(now, zoneAt(shop, now));
  const name = JSON.stringify([shop.id, version, today, shop.calendar, shop.currency, ...question]);
  const make = async (): Promise<Kept> => {
    const answer = await work();
    return { answer, bytes: bytesOf(answer) };
  };
  return (await answersOf(db).forceFetch(name, { context: make })).answer as T;
}
