import { DeliveryRefused } from '../commerce/commerce.errors.ts';
import type { Change } from '../commerce/commerce.types.ts';
import type { Logger } from '../shared/logger.ts';
import type { Scope } from '../shops/scope.ts';
import type { Hold } from '../work/leased.engine.ts';
import { readAhead } from './ahead.usecases.ts';
import { applyChanges } from './apply.usecases.ts';

/** One thing that was read from a platform: its changes, or null where it cannot be used. */
export type Readable = Change[] | null;

/** Reads a thing without failing all others for one that cannot be used; which one is logged by its id. */
export function readable({ logger }: { logger: Logger }, shopId: number, id: string, read: () => Change[]): Readable {
  try {
    return read();
  } catch (error) {
    // Reading is pure: whatever it stumbles over lies in this one thing. Its own words may quote data, so only ours are kept.
    const why = error instanceof DeliveryRefused ? { code: error.code, details: error.details } : { code: 'internal' };
    logger.warn({ shop: shopId, id, ...why }, 'something read cannot be used');
    return null;
  }
}

/**
 * Takes in what was read, like deliveries, in one transaction with `note` (how far the reading is).
 * @returns false, with nothing done, where the shop is no longer installed or somebody else has the reading
 */
export async function takeIn(
  hold: Pick<Hold, 'write'>,
  things: Change[][],
  note: (scope: Scope) => Promise<void>,
): Promise<boolean> {
  let stays = false;
  const held = await hold.write(async (scope) => {
    stays = scope.shop.state === 'installed';
    if (!stays) return;
    await readAhead(scope, things.flat());
    for (const changes of things) await applyChanges(scope, changes);
    await note(scope);
  });
  return held && stays;
}
