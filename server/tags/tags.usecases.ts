import { customerById } from '../customers/customers.usecases.ts';
import { owe } from '../effects/effects.usecases.ts';
import { fingerprint } from '../effects/keys.rules.ts';
import type { Facts } from '../facts/facts.types.ts';
import type { Scope } from '../shops/scope.ts';
import { TAG_KIND } from './tags.effects.ts';

/**
 * Tags were changed here: Shopify is to have them too. WooCommerce has no customer tags, and to a customer without an account
 * none can be given. Told only of what was changed here: the platform's own word, the echo of ours among it, owes nothing.
 */
export async function oweTags(scope: Scope, { customerId, changes }: Facts['tags-changed']): Promise<void> {
  const { platform, state } = scope.shop;
  if (platform !== 'shopify' || state !== 'installed') return;
  const row = await customerById(scope, customerId);
  const customer = row?.platformId ?? null;
  if (row === null || customer === null || (row.deletedAt ?? -1) > row.updatedAt) return;
  for (const { tag, present, at } of changes) {
    // Each change of a tag has an instant of its own, later than the one before.
    const occasion = [customerId, fingerprint(tag), String(at), present ? 'on' : 'off'];
    await owe(scope, TAG_KIND, { occasion, payload: { customer, tag, present }, customerId });
  }
}
