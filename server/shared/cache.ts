import { LRUCache } from 'lru-cache';

const MEGABYTE = 2 ** 20;

/** As CACHE_MB is unless it is set. */
export const DEFAULT_CACHE_MB = 128;

let megabytes = DEFAULT_CACHE_MB;
const shares = new Map<string, number>();

/** What all caches of this process may hold together; caches that hold something already keep their bounds. */
export function setCacheMemory(mb: number): void {
  megabytes = mb;
}

export type CacheOptions<K, V> = {
  name: string;
  /** The part of the memory for caches that is this one's, of 1. */
  share: number;
  bytesOf: (value: V, key: K) => number;
  /** How many entries at most, whatever their size. */
  entries?: number;
};

/** Makes what is asked for and not there; several who ask at once get the same. */
type Make<V> = () => Promise<V>;

/**
 * A cache of what is dear to make and large: it lets go of what was asked for longest ago, and holds nothing that alone exceeds
 * its share of the memory for caches. Each owner (a database) has its own, gone when the owner is. `cache.forceFetch(key, {
 * context: make })` makes what is missing once, however many ask. What is small is a plain LRUCache with `max` where it is used.
 * Throws when more than the whole is shared out.
 */
export function createCache<K extends {}, V extends {}>({ name, share, bytesOf, entries }: CacheOptions<K, V>) {
  const others = [...shares].reduce((sum, [other, part]) => sum + (other === name ? 0 : part), 0);
  if (others + share > 1) throw new Error(`The cache "${name}" wants more than is left of the memory for caches.`);
  shares.set(name, share);
  const caches = new WeakMap<object, LRUCache<K, V, Make<V>>>();
  const create = () =>
    new LRUCache<K, V, Make<V>>({
      maxSize: Math.max(1, Math.floor(megabytes * MEGABYTE * share)),
      sizeCalculation: (value, key) => Math.max(1, Math.ceil(bytesOf(value, key))),
      ...(entries !== undefined && { max: entries }),
      fetchMethod: (_key, _stale, { context }) => context(),
      // Whoever waits for what was let go of meanwhile gets it all the same.
      ignoreFetchAbort: true,
    });
  return (owner: object): LRUCache<K, V, Make<V>> => {
    const known = caches.get(owner) ?? create();
    caches.set(owner, known);
    return known;
  };
}
