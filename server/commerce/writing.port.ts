import type { Shop } from '../shops/shops.types.ts';

/** The platform understood and will not have it, now or later: a code, and a sentence for the merchant. */
export type Refused = { outcome: 'refused'; code: string; reason: string };

/**
 * How each platform that is configured does something in a shop of its own. What it gives throws NotSent where surely nothing
 * was done and it may be later; any other error means that nobody knows.
 */
export type OnPlatforms<T> = Partial<Record<Shop['platform'], (shop: Shop) => T | Promise<T>>>;
