import { LRUCache } from 'lru-cache';

/**
 * How keys are shown to a store over https. `basic`: in the header. `signed`: by OAuth 1.0a, for stores whose server keeps the
 * Authorization header from PHP. `signed-as-http`: the same for stores behind a proxy that does not tell them that they
 * are asked over https, so that they check the signature of an http address. Over http keys only ever sign.
 */
export type Way = 'basic' | 'signed' | 'signed-as-http';

export const WAYS: readonly Way[] = ['basic', 'signed', 'signed-as-http'];

/** Stores whose way is not the usual one; forgetting costs them one refused call each. */
const MAX_STORES = 2_000;

const remembered = new WeakMap<object, LRUCache<string, Way>>();

/** Remembers the ways of stores, by their host, for all clients that go out together, until the process ends. */
export function waysOf(exit: object) {
  const ways = remembered.get(exit) ?? new LRUCache<string, Way>({ max: MAX_STORES });
  remembered.set(exit, ways);
  return {
    /** The way that worked last; the usual one where nothing is known. */
    of: (host: string, key: string): Way => ways.get(`${host} ${key}`) ?? 'basic',
    keep: (host: string, key: string, way: Way): void => {
      if (way === 'basic') ways.delete(`${host} ${key}`);
      else ways.set(`${host} ${key}`, way);
    },
  };
}
