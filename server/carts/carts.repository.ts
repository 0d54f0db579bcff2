import { and, eq, inArray, sql } from 'drizzle-orm';
import { aheadKey, recall, remember } from '../db/ahead.ts';
import { statement } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import type { Person } from '../features/feature.types.ts';
import type { Scope } from '../shops/scope.ts';
import { carts } from './carts.tables.ts';

export type CartRow = typeof carts.$inferSelect;

const byToken = statement('carts.by_token', (db) =>
  db
    .select()
    .from(carts)
    .where(and(eq(carts.shopId, sql.placeholder('shop')), eq(carts.token, sql.placeholder('token')))),
);
const touches = ({ shopId, token }: Record<string, unknown>) => ({
  table: 'carts',
  key: aheadKey(Number(shopId), String(token)),
});
const insert = statement('carts.insert', (db) => db.insert(carts).values(placeholders(carts)), touches);
const update = statement(
  'carts.update',
  (db) =>
    db
      .update(carts)
      .set(placeholders(carts, ['shopId', 'token']))
      .where(and(eq(carts.shopId, sql.placeholder('shopId')), eq(carts.token, sql.placeholder('token')))),
  touches,
);

export async function findCart({ tx, shop }: Scope, token: string): Promise<CartRow | null> {
  const [row] = recall<CartRow>(tx, 'carts', aheadKey(shop.id, token)) ?? (await byToken(tx, { shop: shop.id, token }));
  return row ?? null;
}

/** Reads the carts of a batch ahead. */
export async function readAhead({ tx, shop }: Scope, tokens: string[]): Promise<void> {
  const rows = await tx
    .select()
    .from(carts)
    .where(and(eq(carts.shopId, shop.id), inArray(carts.token, tokens)));
  const key = (token: string): string => aheadKey(shop.id, token);
  remember(
    tx,
    'carts',
    tokens.map(key),
    rows.map((row) => [key(row.token), row]),
  );
}

export async function insertCart({ tx, shop }: Scope, row: CartRow): Promise<void> {
  await insert(tx, { ...row, shopId: shop.id });
}

export async function updateCart({ tx, shop }: Scope, row: CartRow): Promise<void> {
  await update(tx, { ...row, shopId: shop.id });
}

/** Moves every cart of one customer to another. */
export async function reassignCarts({ tx, shop }: Scope, from: string, to: string): Promise<void> {
  await tx
    .update(carts)
    .set({ customerId: to })
    .where(and(eq(carts.shopId, shop.id), eq(carts.customerId, from)));
}

/** A cart without what tells who it is. The customer stays, an opaque id that stops late words about them. */
export const NAMELESS = { email: null, phone: null, recoveryUrl: null };

/** Takes contact and links out of an erased person's carts, and of those of others in which their contact was given. */
export async function eraseCarts({ tx, shop }: Scope, { customerIds, emails, phones }: Person): Promise<void> {
  const places = [
    [carts.customerId, customerIds] as const,
    [carts.email, emails] as const,
    [carts.phone, phones] as const,
  ];
  for (const [column, values] of places) {
    if (values.length === 0) continue;
    await tx
      .update(carts)
      .set(NAMELESS)
      .where(and(eq(carts.shopId, shop.id), inArray(column, [...values])));
  }
}
