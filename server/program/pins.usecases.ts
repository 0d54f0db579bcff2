import type { TierProgram } from '../contracts/tiers.ts';
import type { Scope } from '../shops/scope.ts';
import type { EarningOrder } from './eligible.rules.ts';
import { baseLevel, tiersOn } from './levels.rules.ts';
import { findTier, insertPin, pinsOf, tierIn } from './program.repository.ts';
import type { TierRow, TiersInForce } from './program.types.ts';
import { programVersions, versionAt } from './program.usecases.ts';

type Ledger = Pick<Scope, 'tx' | 'shop'>;

/** The tiers of the version in force at an instant; null: off. */
export async function tiersAt(ledger: Ledger, instant: number): Promise<TiersInForce | null> {
  const version = versionAt(await programVersions(ledger), instant);
  const tiers = tiersOn(version?.rules.tiers);
  return version && tiers ? { version: version.version, tiers } : null;
}

/** Whether any version ever had tiers: where none had, there is nothing of them to look for. */
export const everHadTiers = async (ledger: Ledger): Promise<boolean> =>
  (await programVersions(ledger)).some(({ rules }) => tiersOn(rules.tiers) !== null);

/** The tiers that were defined last, be they off; null: none ever were. */
export async function tiersDefined(ledger: Ledger): Promise<TierProgram | null> {
  const versions = await programVersions(ledger);
  return versions.findLast(({ rules }) => rules.tiers)?.rules.tiers ?? null;
}

/** What a customer holds as it stands, whatever is in force; null: the base level, or none. */
export const heldTier = (ledger: Ledger, customerId: string): Promise<TierRow | null> => findTier(ledger, customerId);

/** A customer's tier as it is shown; null: none, or tiers are off. */
export async function tierShown(ledger: Ledger, customerId: string, now: number): Promise<string | null> {
  const program = await tiersAt(ledger, now);
  if (!program) return null;
  const held = (await tierIn(ledger.tx, ledger.shop.id, customerId))?.tier ?? null;
  const known = program.tiers.levels.some(({ id }) => id === held);
  return known ? held : (baseLevel(program.tiers)?.id ?? null);
}

const none = (): null => null;

/**
 * The tier by which each of a customer's orders earns. An order that could earn for the first time is pinned to the tier
 * in force right now, before it has lifted anybody; from then on it keeps it, whatever its customer becomes. Asks nothing
 * where no version has tiers.
 * @param unseen true: none of the orders was known before, so none has a pin yet
 */
export async function tiersPinned(
  scope: Scope,
  customerId: string,
  orders: readonly EarningOrder[],
  unseen = false,
): Promise<(orderId: string) => string | null> {
  const versions = await programVersions(scope);
  if (!versions.some(({ rules }) => tiersOn(rules.tiers))) return none;
  const tiered = orders.filter(({ placedAt }) => tiersOn(versionAt(versions, placedAt)?.rules.tiers));
  if (tiered.length === 0) return none;
  const pins = unseen
    ? new Map<string, string | null>()
    : await pinsOf(
        scope,
        tiered.map(({ id }) => id),
      );
  const fresh = tiered.filter((order) => !pins.has(order.id) && couldEarn(scope, order));
  if (fresh.length > 0) {
    const tier = await tierHeld(scope, customerId);
    for (const { id } of fresh) {
      await insertPin(scope, id, tier);
      pins.set(id, tier);
    }
  }
  return (orderId) => pins.get(orderId) ?? null;
}

const couldEarn = ({ shop }: Scope, { counts, earns, placedAt }: EarningOrder): boolean =>
  counts && earns && placedAt >= shop.programStart;

/** The tier that a customer holds, or the base level of the tiers in force. */
async function tierHeld(scope: Scope, customerId: string): Promise<string | null> {
  const held = await findTier(scope, customerId);
  if (held?.tier) return held.tier;
  const program = await tiersAt(scope, scope.now);
  return program ? (baseLevel(program.tiers)?.id ?? null) : null;
}
