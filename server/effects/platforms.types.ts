import type { Shop } from '../shops/shops.types.ts';

/**
 * How each platform that is configured does something in a shop of its own. What it gives throws NotSent where surely nothing
 * was done and it may be later; any other error means that nobody knows.
 */
export type OnPlatforms<T> = Partial<Record<Shop['platform'], (shop: Shop) => T | Promise<T>>>;
