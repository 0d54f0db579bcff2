import { applyChanges } from '../../inbox/apply.usecases.ts';
import { isAppError } from '../../shared/errors.ts';
import type { Scope } from '../../shops/scope.ts';
import { openScope } from '../../shops/shops.usecases.ts';
import { DeliveryRefused } from '../commerce.errors.ts';
import type { Change } from '../commerce.types.ts';
import type { ShopifyDeps } from './shopify.deps.ts';

/** One thing that was read: its changes, or null where it cannot be used. */
export type Readable = Change[] | null;

/** Reads a thing without failing all others for one that cannot be used; which one is logged by its id. */
export function readable(deps: ShopifyDeps, shopId: number, id: string, read: () => Change[]): Readable {
  try {
    return read();
  } catch (error) {
    // Reading is pure: whatever it stumbles over lies in this one thing. Its own words may quote data, so only ours are kept.
    const why = error instanceof DeliveryRefused ? { code: error.code, details: error.details } : { code: 'internal' };
    deps.logger.warn({ shop: shopId, id, ...why }, 'something read cannot be used');
    return null;
  }
}

/**
 * Takes in what was read, like deliveries, in one transaction with `note` (how far the reading is).
 * @returns false, with nothing done, where the shop is no longer installed
 */
export function takeIn(
  { db, clock, ids }: ShopifyDeps,
  shopId: number,
  things: Change[][],
  note: (scope: Scope) => Promise<void>,
): Promise<boolean> {
  return db.transaction(
    async (tx) => {
      const scope = await openScope(tx, shopId, clock.now(), ids);
      if (scope.shop.state !== 'installed') return false;
      for (const changes of things) await applyChanges(scope, changes);
      await note(scope);
      return true;
    },
    { shop: shopId },
  );
}

/** Whether a failure may be gone the next time. */
export const mayPass = (error: unknown): boolean => !isAppError(error) || error.retryable;
