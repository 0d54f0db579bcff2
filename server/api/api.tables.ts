import { index, instant, json, key, table, text, whole } from '../db/columns.ts';
import type { KeyScope } from './keys.rules.ts';

/** Keys for programs of the merchant's. Only a hash of each is kept: what was shown once cannot be shown again. */
export const apiKeys = table(
  'api_keys',
  {
    shopId: whole().notNull(),
    id: text().notNull(),
    name: text().notNull(),
    scope: text().notNull().$type<KeyScope>(),
    /** SHA-256 of the whole key. */
    hash: text().notNull(),
    createdAt: instant().notNull(),
    /** To the hour, so that a busy key does not write all the time. */
    lastUsedAt: instant(),
    revokedAt: instant(),
  },
  (t) => [key({ columns: [t.shopId, t.id] })],
);

/** First answers, by the caller's `Idempotency-Key`: written in the transaction whose effect they tell of. */
export const apiIdempotency = table(
  'api_idempotency',
  {
    shopId: whole().notNull(),
    key: text().notNull(),
    /** SHA-256 of method, path and body. */
    inputHash: text().notNull(),
    status: whole().notNull(),
    answer: json<unknown>().notNull(),
    /** Whom the request was about, so that the answer goes when they are erased. */
    customerId: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    key({ columns: [t.shopId, t.key] }),
    index('api_idempotency_created').on(t.createdAt),
    index('api_idempotency_customer').on(t.shopId, t.customerId),
  ],
);
