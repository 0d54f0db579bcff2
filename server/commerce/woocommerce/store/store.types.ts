import type { z } from 'zod';
import type { SafeRequest, SafeResponse } from '../../../shared/safe-fetch/safe-fetch.types.ts';

/** The REST keys that a store's owner gave us. */
export type StoreKeys = { key: string; secret: string };

/** One request to a store. */
export type StoreRequest = SafeRequest;
export type StoreResponse = SafeResponse;

/**
 * Whatever leaves the process for a store goes through this, so that another one can stand in for it.
 * @throws AppError woocommerce.address_refused (not a public address), woocommerce.unreachable (retryable),
 *   woocommerce.too_large
 */
export type StoreFetch = (request: StoreRequest) => Promise<StoreResponse>;

export type Query = Readonly<Record<string, string | number | boolean>>;

/** A page of a list. `total` and `pages` are what the store claims: null where it says nothing, and it may lie. */
export type StorePage<T> = {
  items: T[];
  /** Items that are not of the expected shape, with a sentence each. */
  refused: { id: string | null; reason: string }[];
  total: number | null;
  pages: number | null;
};

/**
 * A store's REST API (`/wp-json/wc/v3`); `path` as in `orders/7/refunds`.
 * @throws AppError woocommerce.keys_refused, woocommerce.permission, woocommerce.not_found,
 *   woocommerce.unavailable and woocommerce.throttled (retryable), woocommerce.not_json (retryable),
 *   woocommerce.refused (with the store's own code), and as StoreFetch does
 */
export type Store = {
  /** Without a trailing slash: `https://shop.example`, `https://shop.example/fa`. */
  url: string;
  read<T>(path: string, shape: z.ZodType<T>, query?: Query): Promise<T>;
  list<T>(path: string, item: z.ZodType<T>, query?: Query): Promise<StorePage<T>>;
  write<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown, shape: z.ZodType<T>): Promise<T>;
};
