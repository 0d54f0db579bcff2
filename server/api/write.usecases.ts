import type { Database } from '../db/database.ts';
import type { Person } from '../features/feature.types.ts';
import { sha256Hex } from '../shared/canonical.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import { keyReused, shownAlready } from './api.errors.ts';
import { dropAnswers, eraseAnswers, findAnswer, insertAnswer } from './api.repository.ts';

type Deps = { db: Database; clock: Clock; ids: Ids; reactions: Reactions };

/**
 * What a write was asked: `key` is the caller's own, null: none was given; `customer` is whom it is about, if anybody.
 * `shownOnce`: its answer is a secret, which is not kept.
 */
export type Asked = {
  key: string | null;
  method: string;
  path: string;
  body: Buffer;
  customer: string | null;
  shownOnce?: boolean;
};
export type Answered = { status: number; body: unknown };

const KEPT_MS = 24 * 3_600_000;
const PIECE = 200;

/**
 * Does a write of the API once: its effect and its answer are one transaction of the shop, whose writers take turns, so
 * of two requests with the same key the second finds the first one's answer, however close together they come. A refusal
 * leaves nothing behind, and the key free.
 * @throws AppError api.key_reused when the key was used for another request; api.shown_once when its answer was a secret
 */
export async function writeOnce(
  { db, clock, ids, reactions }: Deps,
  shopId: number,
  { key, method, path, body, customer, shownOnce = false }: Asked,
  work: (scope: Scope) => Promise<Answered>,
): Promise<Answered & { repeated: boolean }> {
  const inputHash = sha256Hex(Buffer.concat([Buffer.from(`${method} ${path}\n`), body]));
  return db.transaction(
    async (tx) => {
      const scope = await openScope(tx, shopId, clock.now(), { ids, reactions });
      const known = key === null ? null : await findAnswer(scope, key);
      if (known && known.inputHash !== inputHash) throw keyReused();
      if (known && shownOnce) throw shownAlready();
      if (known) return { status: known.status, body: known.answer, repeated: true };
      const answer = await work(scope);
      if (key !== null) {
        const { status, body: said } = answer;
        const kept = shownOnce ? {} : said;
        const row = { key, inputHash, status, answer: kept, customerId: customer, createdAt: scope.now };
        await insertAnswer(scope, row);
      }
      return { ...answer, repeated: false };
    },
    { shop: shopId },
  );
}

/** Forgets what was answered to requests about an erased person. */
export const forgetAnswersAbout = (scope: Scope, { customerIds }: Person) => eraseAnswers(scope, customerIds);

/** Forgets answers that are a day old. @returns how many */
export async function forgetAnswers({ db }: Pick<Deps, 'db'>, now: number): Promise<number> {
  for (let dropped = 0; ; ) {
    const piece = await db.transaction((tx) => dropAnswers(tx, now - KEPT_MS, PIECE));
    dropped += piece;
    if (piece < PIECE) return dropped;
  }
}
