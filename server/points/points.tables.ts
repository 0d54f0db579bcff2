import { flag, index, instant, json, key, table, text, unique, whole } from '../db/columns.ts';
import type { Used } from './running.types.ts';

/** Append-only: triggers refuse UPDATE and DELETE. Each customer's rows are a hash chain by `seq`. */
export const pointsTransactions = table(
  'points_transactions',
  {
    shopId: whole().notNull(),
    customerId: text().notNull(),
    seq: whole().notNull(),
    kind: text().notNull(),
    idempotencyKey: text().notNull(),
    inputHash: text().notNull(),
    orderId: text(),
    ruleVersion: whole(),
    /** The spend, the other party of a transfer, or the audit row with the reason. */
    reference: text(),
    /** When it happened in the shop's life: paid, refunded, expired. */
    effectiveAt: instant().notNull(),
    postedAt: instant().notNull(),
    hash: text().notNull(),
  },
  (t) => [
    key({ columns: [t.shopId, t.customerId, t.seq] }),
    unique('points_transactions_key').on(t.shopId, t.idempotencyKey),
  ],
);

/** Append-only. Two or more to a transaction, summing to zero. Postings name the lot they move. */
export const pointsPostings = table(
  'points_postings',
  {
    shopId: whole().notNull(),
    customerId: text().notNull(),
    seq: whole().notNull(),
    line: whole().notNull(),
    account: text().notNull(),
    lot: text(),
    amount: whole().notNull(),
    /** The three dates that the posting gives its lot; `availableAt` null where it leaves them as they are. */
    availableAt: instant(),
    expiresAt: instant(),
    termEndsAt: instant(),
  },
  (t) => [key({ columns: [t.shopId, t.customerId, t.seq, t.line] })],
);

/** A cache of the postings: what is left of each grant, and where. */
export const pointsLots = table(
  'points_lots',
  {
    shopId: whole().notNull(),
    /** Where the points come from: an order, a sign-up, an adjustment; with `rule` the lot's name. */
    source: text().notNull(),
    rule: text().notNull(),
    customerId: text().notNull(),
    granted: whole().notNull(),
    pending: whole().notNull(),
    available: whole().notNull(),
    reserved: whole().notNull(),
    redeemed: whole().notNull(),
    /** Taken off by hand. */
    removed: whole().notNull(),
    expired: whole().notNull(),
    availableAt: instant().notNull(),
    expiresAt: instant(),
    /** The expiry that the rule gave; `expiresAt` is later when points came back to an expired lot. */
    termEndsAt: instant(),
  },
  (t) => [key({ columns: [t.shopId, t.source, t.rule] }), index('points_lots_customer').on(t.shopId, t.customerId)],
);

/** A cache of the postings: a customer's balances and the head of the hash chain. */
export const pointsAccounts = table(
  'points_accounts',
  {
    shopId: whole().notNull(),
    customerId: text().notNull(),
    pending: whole().notNull(),
    available: whole().notNull(),
    reserved: whole().notNull(),
    lifetimeEarned: whole().notNull(),
    /** Spends ever made: 0 lets a change be posted without replaying the customer's lots. */
    spends: whole().notNull(),
    /** The next instant at which a lot matures or expires. */
    dueAt: instant(),
    /** The newest instant at which a spend took points or gave some back. Null: none did, or nobody has looked. */
    spentAt: instant(),
    /** No lot, and no spend, has got further than this instant. Null: nobody has looked. */
    reachedAt: instant(),
    seq: whole().notNull(),
    hash: text().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.customerId] }), index('points_accounts_due').on(t.shopId, t.dueAt)],
);

/**
 * A cache: what a customer's orders up to a place in the order of (placed, platform id) have used up of rules that look
 * across orders, under some terms. Whatever changes at or before that place deletes the row; without one, all orders are
 * gone through.
 */
export const pointsRunning = table(
  'points_running',
  {
    shopId: whole().notNull(),
    customerId: text().notNull(),
    placedAt: instant().notNull(),
    platformId: text().notNull(),
    terms: text().notNull(),
    used: json<Used>().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.customerId] })],
);

/** A spend of points: reserved, then redeemed or released. Which lots paid follows from the facts, not from arrival. */
export const pointsSpends = table(
  'points_spends',
  {
    shopId: whole().notNull(),
    id: text().notNull(),
    customerId: text().notNull(),
    kind: text().notNull().$type<'redemption' | 'adjustment'>(),
    amount: whole().notNull(),
    reservedAt: instant().notNull(),
    state: text().notNull().$type<'reserved' | 'redeemed' | 'released'>(),
    settledAt: instant(),
  },
  (t) => [key({ columns: [t.shopId, t.id] }), index('points_spends_customer').on(t.shopId, t.customerId)],
);

/** How the newest verification of a shop's ledger ended. */
export const pointsChecks = table('points_checks', {
  shopId: whole().primaryKey(),
  at: instant().notNull(),
  ok: flag().notNull(),
  transactions: whole().notNull(),
  postings: whole().notNull(),
});
