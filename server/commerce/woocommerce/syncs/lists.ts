import { hash } from 'node:crypto';
import type { z } from 'zod';
import { isAppError } from '../../../shared/errors.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import type { SyncRow } from '../../../syncs/syncs.usecases.ts';
import type { Hold } from '../../../work/leased.engine.ts';
import type { Change } from '../../commerce.types.ts';
import { customerChanges } from '../reading/woocommerce.customers.ts';
import { orderChanges } from '../reading/woocommerce.orders.ts';
import { productChanges } from '../reading/woocommerce.products.ts';
import { type WooOrder, wooCustomer, wooOrder, wooProduct } from '../reading/woocommerce.shapes.ts';
import type { Store, StorePage } from '../store/store.types.ts';
import type { WooDeps } from '../store/woocommerce.deps.ts';
import { refundsOf } from './refunds.ts';
import { ASKED } from './walk.rules.ts';
import type { Fetched, Refused } from './walk.ts';

/** What a reading works with. */
export type Reads = { deps: WooDeps; store: Store; shop: Shop; hold: Hold<SyncRow> };

/** A thing of the store's: when it came to be there, and what it says. */
export type Thing = { id: number; at: number | null; read: () => Change[] };
export type ListKind = 'customers' | 'products' | 'orders';
type Query = Readonly<Record<string, string | number | boolean>>;

const hashOf = (item: unknown): string => hash('sha256', JSON.stringify(item), 'hex');
const refusedOf = ({ refused }: StorePage<unknown>): Refused[] =>
  refused.map(({ id }) => ({ id: /^\d{1,15}$/.test(id ?? '') ? Number(id) : null }));

/** In every list that is walked: the whole of it by rising ids. */
const byRisingId = (offset: number): Query => ({ per_page: ASKED, orderby: 'id', order: 'asc', offset });

/**
 * What is read of a thing, and no more: an order is two thirds what nobody needs, and some of it costs a store much.
 * Stores that do not know `_fields` send all the same.
 */
const only = ({ shape }: z.ZodObject): Query => ({ _fields: Object.keys(shape).join(',') });
const FIELDS: Record<ListKind, Query> = {
  customers: only(wooCustomer),
  products: only(wooProduct),
  orders: only(wooOrder),
};

/** Without these a list leaves some out: accounts of other roles, products that are not for sale. */
const WHOLE: Record<ListKind, Query> = {
  customers: { role: 'all' },
  products: { status: 'any' },
  orders: { status: 'any' },
};

async function thingsOf({ store, shop }: Reads, orders: readonly WooOrder[], readAt: number): Promise<Thing[]> {
  const refunds = await refundsOf(store, orders);
  return orders.map((order) => ({
    id: Number(order.id),
    at: order.date_created_gmt,
    read: () => orderChanges(order, { readAt, hash: hashOf(order) }, shop, refunds.get(order.id)),
  }));
}

/** Orders as they answer a query, with their refunds in full. */
async function orders(reads: Reads, query: Query): Promise<Fetched<Thing>> {
  // Before the call: whatever comes by webhook from here on is newer.
  const readAt = reads.deps.clock.now();
  const page = await reads.store.list('orders', wooOrder, query);
  return { items: await thingsOf(reads, page.items, readAt), refused: refusedOf(page), total: page.total };
}

/**
 * One order, from the bin too; null where it cannot be used, `gone` where the store has it no more.
 * @throws AppError as Store does
 */
export async function oneOrder(reads: Reads, id: string): Promise<Thing | 'gone' | null> {
  const readAt = reads.deps.clock.now();
  try {
    const order = await reads.store.read(`orders/${encodeURIComponent(id)}`, wooOrder, FIELDS.orders);
    return (await thingsOf(reads, [order], readAt))[0] ?? null;
  } catch (error) {
    if (isAppError(error, 'woocommerce.not_found')) return 'gone';
    if (isAppError(error, 'woocommerce.strange_answer') || isAppError(error, 'woocommerce.refused')) return null;
    throw error;
  }
}

async function customers({ deps, store, shop }: Reads, query: Query): Promise<Fetched<Thing>> {
  const readAt = deps.clock.now();
  const page = await store.list('customers', wooCustomer, query);
  const items = page.items.map((customer) => ({
    id: Number(customer.id),
    at: customer.date_created_gmt,
    read: () => customerChanges(customer, { readAt, hash: hashOf(customer) }, shop),
  }));
  return { items, refused: refusedOf(page), total: page.total };
}

async function products({ deps, store }: Reads, query: Query): Promise<Fetched<Thing>> {
  const readAt = deps.clock.now();
  const page = await store.list('products', wooProduct, query);
  const items = page.items.map((product) => ({
    id: Number(product.id),
    at: product.date_created_gmt,
    read: () => productChanges(product, { readAt, hash: hashOf(product) }),
  }));
  return { items, refused: refusedOf(page), total: page.total };
}

const LISTS = { customers, products, orders };

/** A page of one of the store's lists. @throws AppError as Store does */
export const pageOf = (reads: Reads, kind: ListKind, query: Query): Promise<Fetched<Thing>> =>
  LISTS[kind](reads, { ...FIELDS[kind], ...WHOLE[kind], ...query });

/** Pages of a list by rising ids, for `walk`. */
export const pagesOf =
  (reads: Reads, kind: ListKind, query: Query = {}) =>
  (offset: number): Promise<Fetched<Thing>> =>
    pageOf(reads, kind, { ...byRisingId(offset), ...query });

/** Some orders by their ids, at most as many as a page holds; those in the bin and those that have gone are not among them. */
export const ordersByIds = (reads: Reads, ids: readonly string[]): Promise<Fetched<Thing>> =>
  pageOf(reads, 'orders', { include: ids.join(','), per_page: ASKED });
