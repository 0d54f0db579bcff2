import type { Database } from '../db/database.ts';
import { localDay } from '../shared/calendar.ts';
import type { Clock } from '../shared/clock.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { versionOf } from './versions.repository.ts';

/** Answers kept, all shops together, and what they may take in memory: a list of a million customers takes 4 MB. */
const MOST = 400;
const MOST_BYTES = 96 * 2 ** 20;

type Kept = { answer: Promise<unknown>; bytes: number };

/** Answers and answers on their way, least recently asked first; for each database its own. */
const kept = new WeakMap<Database, Map<string, Kept>>();

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
  const answers = kept.get(db) ?? new Map<string, Kept>();
  kept.set(db, answers);
  const known = answers.get(name) ?? begin(answers, name, work, bytesOf);
  // Put in anew: the one asked longest ago comes first.
  answers.delete(name);
  answers.set(name, known);
  makeRoom(answers);
  return known.answer as Promise<T>;
}

function begin<T>(
  answers: Map<string, Kept>,
  name: string,
  work: () => Promise<T>,
  bytesOf: (answer: T) => number,
): Kept {
  const one: Kept = { answer: Promise.resolve(), bytes: 0 };
  one.answer = work().then((answer) => {
    one.bytes = bytesOf(answer);
    return answer;
  });
  one.answer.catch(() => answers.delete(name));
  return one;
}

function makeRoom(answers: Map<string, Kept>): void {
  let total = 0;
  for (const { bytes } of answers.values()) total += bytes;
  for (const [old, { bytes }] of answers) {
    // The last one is being asked right now.
    if (answers.size === 1 || (answers.size <= MOST && total <= MOST_BYTES)) return;
    answers.delete(old);
    total -= bytes;
  }
}
