import { z } from 'zod';
import type { CustomerTags } from '../commerce/tags.port.ts';
import type { Call, EffectKind, EffectPort, Why } from '../effects/effects.port.ts';
import { fingerprint } from '../effects/keys.rules.ts';
import type { OnPlatforms } from '../effects/platforms.types.ts';
import { hasScope, NO_TAG_SCOPE, TAG_SCOPE, waitsFor } from '../shops/access.rules.ts';
import { accessOf } from '../shops/access.usecases.ts';
import type { Scope } from '../shops/scope.ts';

const shape = z.strictObject({
  /** The platform's id of the customer. */
  customer: z.string().min(1),
  tag: z.string().min(1),
  present: z.boolean(),
});
export type TagEffect = z.output<typeof shape>;

/** A tag that is to be on a customer at the platform, or off. To the platform `VIP` and `vip` are one. */
export const TAG_KIND: EffectKind<TagEffect> = {
  name: 'customer-tag',
  payload: shape,
  subjectOf: ({ customer, tag }) => ['tag', customer, fingerprint(tag.trim().toLowerCase())],
  isState: true,
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Nobody waits for a tag: it goes on for a week. */
const RETRY = {
  pauses: [10_000, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR],
  most: 40,
  withinMs: 7 * 24 * HOUR,
  internal: 'The tag could not be changed.',
};

async function waits(scope: Pick<Scope, 'tx' | 'shop'>): Promise<Why | null> {
  const access = await accessOf(scope);
  const kept = waitsFor(scope.shop.state, access);
  return kept ?? (hasScope(access.scopes, TAG_SCOPE) ? null : NO_TAG_SCOPE);
}

/**
 * How tags reach the platform. Asked by reading the customer's tags; and setting what is set already changes nothing, so that
 * doing it again does no harm.
 */
export function tagPort(tags: OnPlatforms<CustomerTags>): EffectPort<TagEffect> {
  const of = async ({ shop }: Call<TagEffect>): Promise<CustomerTags | null> =>
    (await tags[shop.platform]?.(shop)) ?? null;
  return {
    kind: TAG_KIND,
    repeatable: true,
    retry: RETRY,
    mostSeen: 1,
    waits,
    async perform(call) {
      const platform = await of(call);
      if (!platform) return { outcome: 'refused', code: 'tags.nowhere', reason: 'This platform has no customer tags.' };
      const set = await platform.set(call.payload, call.signal);
      return set.outcome === 'set' ? { outcome: 'done' } : set;
    },
    async ask(call) {
      const has = (await (await of(call))?.has(call.payload, call.signal)) ?? false;
      return { outcome: has === call.payload.present ? 'done' : 'not-done' };
    },
  };
}
