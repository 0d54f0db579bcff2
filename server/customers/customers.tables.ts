import { isNotNull } from 'drizzle-orm';
import { flag, index, instant, json, key, table, text, whole } from '../db/columns.ts';

/** A person who buys from one shop. `mergedInto` names the row that took this one's history over. */
export const customers = table(
  'customers',
  {
    shopId: whole().notNull(),
    id: text().notNull(),
    platformId: text(),
    email: text(),
    phone: text(),
    firstName: text(),
    lastName: text(),
    locale: text(),
    country: text(),
    note: text(),
    /** When the platform made the account; null for a guest. */
    registeredAt: instant(),
    /** Version of the newest full payload taken over: platform time, delivery time, hash. */
    updatedAt: instant().notNull(),
    triggeredAt: instant().notNull(),
    bodyHash: text().notNull(),
    /** For each field that the newest payload is silent about, the version that last said it. */
    saidAt: json<Record<string, string>>(),
    createdAt: instant().notNull(),
    deletedAt: instant(),
    erasedAt: instant(),
    mergedInto: text(),
    mergedAt: instant(),
  },
  (t) => [
    key({ columns: [t.shopId, t.id] }),
    // Few are ever merged: the others are not in it.
    index('customers_merged').on(t.shopId, t.mergedInto).where(isNotNull(t.mergedInto)),
  ],
);

/** Every name by which the outside knows a customer: platform id, normalised e-mail, E.164 phone. */
export const customerIdentities = table(
  'customer_identities',
  {
    shopId: whole().notNull(),
    kind: text().notNull().$type<'platform' | 'email' | 'phone'>(),
    value: text().notNull(),
    customerId: text().notNull(),
  },
  (t) => [
    key({ columns: [t.shopId, t.kind, t.value] }),
    index('customer_identities_customer').on(t.shopId, t.customerId),
  ],
);

/** The newest consent for each channel, by its own time. */
export const customerConsents = table(
  'customer_consents',
  {
    shopId: whole().notNull(),
    customerId: text().notNull(),
    channel: text().notNull().$type<'email' | 'sms' | 'push'>(),
    state: text().notNull().$type<'subscribed' | 'unsubscribed' | 'unknown'>(),
    at: instant().notNull(),
    source: text().notNull(),
    evidence: text(),
  },
  (t) => [key({ columns: [t.shopId, t.customerId, t.channel] })],
);

/** Each tag's newest word: put on or taken off, and when. */
export const customerTags = table(
  'customer_tags',
  {
    shopId: whole().notNull(),
    customerId: text().notNull(),
    tag: text().notNull(),
    present: flag().notNull(),
    at: instant().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.customerId, t.tag] })],
);

/** What the merchant noted down of a customer: a remark, a call, a meeting; `at` is when that was. */
export const customerNotes = table(
  'customer_notes',
  {
    shopId: whole().notNull(),
    id: text().notNull(),
    customerId: text().notNull(),
    kind: text().notNull().$type<'note' | 'call' | 'meeting'>(),
    text: text().notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.id] }), index('customer_notes_customer').on(t.shopId, t.customerId, t.at)],
);

/**
 * What each customer is found by: e-mail, words of the name, phone. A term is the hex of its UTF-8 bytes (search.rules.ts),
 * which every collation of either database sorts in the same way, so that a prefix is a range of the key.
 */
export const customerSearch = table(
  'customer_search',
  { shopId: whole().notNull(), term: text().notNull(), customerId: text().notNull() },
  (t) => [
    key({ columns: [t.shopId, t.term, t.customerId] }),
    // With the term, or SQLite would rather walk the whole shop along the key, which has all that is asked for.
    index('customer_search_customer').on(t.shopId, t.customerId, t.term),
  ],
);
