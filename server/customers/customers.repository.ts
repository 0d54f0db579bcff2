import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { aheadKey, recall, remember } from '../db/ahead.ts';
import { statement, type Tx } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import type { Scope } from '../shops/scope.ts';
import { customerConsents, customerIdentities, customers, customerTags } from './customers.tables.ts';
import type { CustomerRow, IdentityKind } from './customers.types.ts';

const p = sql.placeholder;

const identity = statement('customers.identity', (db) =>
  db
    .select({ customerId: customerIdentities.customerId })
    .from(customerIdentities)
    .where(
      and(
        eq(customerIdentities.shopId, p('shop')),
        eq(customerIdentities.kind, p('kind')),
        eq(customerIdentities.value, p('value')),
      ),
    ),
);
const byId = statement('customers.by_id', (db) =>
  db
    .select()
    .from(customers)
    .where(and(eq(customers.shopId, p('shop')), eq(customers.id, p('id')))),
);
const fields = {
  platformId: p('platformId'),
  email: p('email'),
  phone: p('phone'),
  firstName: p('firstName'),
  lastName: p('lastName'),
  locale: p('locale'),
  country: p('country'),
  note: p('note'),
  registeredAt: p('registeredAt'),
  updatedAt: p('updatedAt'),
  triggeredAt: p('triggeredAt'),
  bodyHash: p('bodyHash'),
  saidAt: p('saidAt'),
  deletedAt: p('deletedAt'),
  erasedAt: p('erasedAt'),
  mergedInto: p('mergedInto'),
  mergedAt: p('mergedAt'),
};
const customerAt = (shop: unknown, id: unknown) => ({ table: 'customers', key: aheadKey(Number(shop), String(id)) });
const insert = statement(
  'customers.insert',
  (db) =>
    db.insert(customers).values({ shopId: p('shopId'), id: p('id'), createdAt: p('createdAt'), ...fields } as never),
  ({ shopId, id }) => customerAt(shopId, id),
);
const updateVersion = statement(
  'customers.update_version',
  (db) =>
    db
      .update(customers)
      .set({ updatedAt: p('updatedAt'), triggeredAt: p('triggeredAt'), bodyHash: p('bodyHash') } as never)
      .where(and(eq(customers.shopId, p('shop')), eq(customers.id, p('id')))),
  ({ shop, id }) => customerAt(shop, id),
);
const insertIdentity = statement(
  'customers.insert_identity',
  (db) =>
    db
      .insert(customerIdentities)
      .values({ shopId: p('shop'), kind: p('kind'), value: p('value'), customerId: p('customer') } as never)
      .onConflictDoUpdate({
        target: [customerIdentities.shopId, customerIdentities.kind, customerIdentities.value],
        set: { customerId: sql`excluded.customer_id` },
      }),
  ({ shop, kind, value }) => ({
    table: 'customer_identities',
    key: aheadKey(Number(shop), String(kind), String(value)),
  }),
);

type Ledger = Pick<Scope, 'tx' | 'shop'>;
type ConsentColumns = typeof customerConsents.$inferSelect;

const consentsOf = statement('customers.consents', (db) =>
  db
    .select()
    .from(customerConsents)
    .where(and(eq(customerConsents.shopId, p('shop')), eq(customerConsents.customerId, p('customer')))),
);
const upsertConsent = statement(
  'customers.put_consent',
  (db) =>
    db
      .insert(customerConsents)
      .values(placeholders(customerConsents))
      .onConflictDoUpdate({
        target: [customerConsents.shopId, customerConsents.customerId, customerConsents.channel],
        set: {
          state: sql`excluded.state`,
          at: sql`excluded.at`,
          source: sql`excluded.source`,
          evidence: sql`excluded.evidence`,
        },
      }),
  ({ shopId, customerId }) => ({ table: 'customer_consents', key: aheadKey(Number(shopId), String(customerId)) }),
);

/** The customer that a platform id, an e-mail or a phone belongs to, or null. */
export async function findByIdentity({ tx, shop }: Scope, kind: IdentityKind, value: string): Promise<string | null> {
  return findIdentity(tx, shop.id, kind, value);
}

/** As findByIdentity, outside a scope (operators' look-ups). */
export async function findIdentity(db: Tx, shop: number, kind: IdentityKind, value: string): Promise<string | null> {
  const ahead = recall<{ customerId: string }>(db, 'customer_identities', aheadKey(shop, kind, value));
  const [row] = ahead ?? (await identity(db, { shop, kind, value }));
  return row?.customerId ?? null;
}

/** One customer's row, or null when the shop has no such customer. */
export async function findCustomer({ tx, shop }: Scope, id: string): Promise<CustomerRow | null> {
  return findRow(tx, shop.id, id);
}

/** As findCustomer, outside a scope. */
export async function findRow(db: Tx, shop: number, id: string): Promise<CustomerRow | null> {
  const [row] = recall<CustomerRow>(db, 'customers', aheadKey(shop, id)) ?? (await byId(db, { shop, id }));
  return row ?? null;
}

export type Name = { kind: IdentityKind; value: string };

/** Reads the customers of a batch ahead, by their names. @returns their ids */
export async function readCustomersAhead({ tx, shop }: Scope, names: Name[]): Promise<string[]> {
  const values = [...new Set(names.map(({ value }) => value))];
  const claims = await tx
    .select()
    .from(customerIdentities)
    .where(
      and(
        eq(customerIdentities.shopId, shop.id),
        inArray(customerIdentities.kind, ['platform', 'email', 'phone']),
        inArray(customerIdentities.value, values),
      ),
    );
  const nameKey = ({ kind, value }: Name): string => aheadKey(shop.id, kind, value);
  remember(
    tx,
    'customer_identities',
    names.map(nameKey),
    claims.map((claim) => [nameKey(claim), claim]),
  );
  const ids = [...new Set(claims.map(({ customerId }) => customerId))];
  if (ids.length === 0) return [];
  const [rows, consents] = await Promise.all([
    tx
      .select()
      .from(customers)
      .where(and(eq(customers.shopId, shop.id), inArray(customers.id, ids))),
    tx
      .select()
      .from(customerConsents)
      .where(and(eq(customerConsents.shopId, shop.id), inArray(customerConsents.customerId, ids))),
  ]);
  const keys = ids.map((id) => aheadKey(shop.id, id));
  remember(
    tx,
    'customers',
    keys,
    rows.map((row) => [aheadKey(shop.id, row.id), row]),
  );
  remember(
    tx,
    'customer_consents',
    keys,
    consents.map((row) => [aheadKey(shop.id, row.customerId), row]),
  );
  return ids;
}

export async function insertCustomer({ tx, shop }: Scope, row: Omit<CustomerRow, 'shopId'>): Promise<void> {
  await insert(tx, { ...row, shopId: shop.id });
}

/** Only the version moved on: the usual case for a customer who orders again. */
export async function touchCustomer(
  { tx, shop }: Scope,
  id: string,
  version: Pick<CustomerRow, 'updatedAt' | 'triggeredAt' | 'bodyHash'>,
): Promise<void> {
  const { updatedAt, triggeredAt, bodyHash } = version;
  await updateVersion(tx, { shop: shop.id, id, updatedAt, triggeredAt, bodyHash });
}

export async function updateCustomer({ tx, shop }: Scope, id: string, change: Partial<CustomerRow>): Promise<void> {
  await tx
    .update(customers)
    .set(change)
    .where(and(eq(customers.shopId, shop.id), eq(customers.id, id)));
}

/** Points an identity at a customer, taking it from whoever had it. */
export async function claimIdentity({ tx, shop }: Scope, kind: IdentityKind, value: string, customer: string) {
  await insertIdentity(tx, { shop: shop.id, kind, value, customer });
}

/** Every identity of one customer moves to another. */
export async function moveIdentities({ tx, shop }: Scope, from: string, to: string): Promise<void> {
  await tx
    .update(customerIdentities)
    .set({ customerId: to })
    .where(and(eq(customerIdentities.shopId, shop.id), eq(customerIdentities.customerId, from)));
}

/** Those of some customers that were erased and of whom no name came back since; at most some hundred ids. */
export async function listErased({ tx, shop }: Scope, ids: string[]): Promise<string[]> {
  const rows = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.shopId, shop.id),
        inArray(customers.id, ids),
        isNotNull(customers.erasedAt),
        isNull(customers.email),
        isNull(customers.phone),
      ),
    )
    .orderBy(asc(customers.id));
  return rows.map(({ id }) => id);
}

/** The rows of customers who were merged into one, directly or by way of others. */
export async function rowsMergedInto({ tx, shop }: Ledger, id: string): Promise<CustomerRow[]> {
  const found: CustomerRow[] = [];
  for (let into = [id]; into.length > 0; ) {
    const rows = await tx
      .select()
      .from(customers)
      .where(and(eq(customers.shopId, shop.id), inArray(customers.mergedInto, into)));
    const fresh = rows.filter((row) => row.id !== id && !found.some((known) => known.id === row.id));
    found.push(...fresh.sort((a, b) => (a.id < b.id ? -1 : 1)));
    into = fresh.map((row) => row.id);
  }
  return found;
}

/** Their ids. */
export const listMergedInto = async (ledger: Ledger, id: string): Promise<string[]> =>
  (await rowsMergedInto(ledger, id)).map((row) => row.id);

/** The newest consent of each channel, by channel. */
export async function listConsents({ tx, shop }: Ledger, customer: string): Promise<ConsentColumns[]> {
  const ahead = recall<ConsentColumns>(tx, 'customer_consents', aheadKey(shop.id, customer));
  const rows = ahead ?? (await consentsOf(tx, { shop: shop.id, customer }));
  return rows.sort((a, b) => (a.channel < b.channel ? -1 : 1));
}

export async function putConsent({ tx, shop }: Scope, row: Omit<ConsentColumns, 'shopId'>): Promise<void> {
  await upsertConsent(tx, { ...row, shopId: shop.id });
}

/** Every tag ever said of a customer, taken off ones too. */
export const listTags = ({ tx, shop }: Ledger, customer: string) =>
  tx
    .select()
    .from(customerTags)
    .where(and(eq(customerTags.shopId, shop.id), eq(customerTags.customerId, customer)))
    .orderBy(asc(customerTags.tag));

export async function putTag({ tx, shop }: Scope, row: Omit<typeof customerTags.$inferSelect, 'shopId'>) {
  const { present, at } = row;
  await tx
    .insert(customerTags)
    .values({ ...row, shopId: shop.id })
    .onConflictDoUpdate({
      target: [customerTags.shopId, customerTags.customerId, customerTags.tag],
      set: { present, at },
    });
}

/** Deletes consents and tags of a customer whose facts moved on to another. */
export async function deleteFacts({ tx, shop }: Scope, customer: string): Promise<void> {
  await tx
    .delete(customerConsents)
    .where(and(eq(customerConsents.shopId, shop.id), eq(customerConsents.customerId, customer)));
  await tx.delete(customerTags).where(and(eq(customerTags.shopId, shop.id), eq(customerTags.customerId, customer)));
}
