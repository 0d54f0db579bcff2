import { z } from 'zod';
import type { Discount, Discounts, KnownDiscount } from '../commerce/discounts.port.ts';
import type { Call, EffectKind, EffectPort, Why } from '../effects/effects.port.ts';
import { fingerprint } from '../effects/keys.rules.ts';
import type { OnPlatforms } from '../effects/platforms.types.ts';
import { waitsFor } from '../shops/access.rules.ts';
import { accessOf } from '../shops/access.usecases.ts';
import type { Scope } from '../shops/scope.ts';

const code = z.string().trim().min(1).max(100);
const mark = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/i);
const whole = z.int().min(1);

const discountShape: z.ZodType<Discount> = z.strictObject({
  code,
  mark,
  title: z.string().min(1).max(255),
  value: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('amount'), amount: whole }),
    z.strictObject({ kind: z.literal('percent'), percent: z.number().positive().max(100) }),
  ]),
  currency: z.string().length(3),
  minimum: whole.nullable(),
  limit: whole.nullable(),
  customer: z.strictObject({ platformId: z.string().nullable(), email: z.string().nullable() }).nullable(),
  startsAt: z.int(),
  expiresAt: z.int().nullable(),
  combinesWith: z.strictObject({ order: z.boolean(), product: z.boolean(), shipping: z.boolean() }),
});
const endShape = z.strictObject({ code, mark });
export type DiscountEnd = z.output<typeof endShape>;

/** Codes are the same in any case of letters. */
const subjectOf = (discount: { code: string }): string[] => ['discount', fingerprint(discount.code.toLowerCase())];

/** A discount code that is to be on the platform. Its answer: `{id}`, the platform's own. */
export const DISCOUNT_CREATE: EffectKind<Discount> = {
  name: 'discount-create',
  payload: discountShape,
  subjectOf,
  isState: false,
};
/** A discount code of ours that is to be worth nothing any more; after its creation, where both are owed. */
export const DISCOUNT_DISABLE: EffectKind<DiscountEnd> = {
  name: 'discount-disable',
  payload: endShape,
  subjectOf,
  isState: false,
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Somebody waits for the code, or spent points on it: often at first, and given up after a day. */
const RETRY = {
  pauses: [5_000, 15_000, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR],
  most: 40,
  withinMs: 24 * HOUR,
  internal: 'The discount code could not be made.',
};
/** A code that should be worth nothing is worth something meanwhile. */
const END_RETRY = {
  pauses: [...RETRY.pauses, 6 * HOUR],
  most: 40,
  withinMs: 7 * 24 * HOUR,
  internal: 'The discount code could not be ended.',
};

const TAKEN: Why = {
  code: 'discounts.code_taken',
  reason: 'Another discount of the shop has this code already.',
};
const NOWHERE: Why = { code: 'discounts.nowhere', reason: 'Bazgasht cannot make discount codes on this platform.' };
const OTHER_CURRENCY: Why = {
  code: 'discounts.other_currency',
  reason: 'This discount is in another currency than the shop’s.',
};

async function waits(scope: Pick<Scope, 'tx' | 'shop'>): Promise<Why | null> {
  return waitsFor(scope.shop.state, await accessOf(scope), { isMoney: true });
}

/** Platforms keep whole seconds. */
const second = (at: number | null): number | null => (at === null ? null : Math.floor(at / 1000));

/** Whether what is there is all that was wanted: a creation of several steps may have stopped between two. */
const isComplete = (known: KnownDiscount, wanted: Discount): boolean =>
  known.mark === wanted.mark &&
  second(known.expiresAt) === second(wanted.expiresAt) &&
  known.isForSome === (wanted.customer !== null);

/**
 * How discount codes come to be on the platform, and end. Both are asked about by the code and its mark. Neither is repeated
 * unasked: WooCommerce looks whether a code is free and makes it in two steps, so that two requests at once may both succeed.
 */
export function discountPorts(platforms: OnPlatforms<Discounts>): [EffectPort<Discount>, EffectPort<DiscountEnd>] {
  const of = async ({ shop }: Pick<Call<unknown>, 'shop'>): Promise<Discounts | null> =>
    (await platforms[shop.platform]?.(shop)) ?? null;
  return [
    {
      kind: DISCOUNT_CREATE,
      repeatable: false,
      retry: RETRY,
      mostSeen: 1,
      waits,
      async perform(call) {
        const platform = await of(call);
        if (!platform) return { outcome: 'refused', ...NOWHERE };
        if (call.payload.currency !== call.shop.currency) return { outcome: 'refused', ...OTHER_CURRENCY };
        const made = await platform.create(call.payload, call.signal);
        if (made.outcome === 'taken') return { outcome: 'refused', ...TAKEN };
        return made.outcome === 'refused' ? made : { outcome: 'done', answer: { id: made.id } };
      },
      async ask(call) {
        const known = await (await of(call))?.find(call.payload.code, call.signal);
        return known && isComplete(known, call.payload)
          ? { outcome: 'done', answer: { id: known.id } }
          : { outcome: 'not-done' };
      },
    },
    {
      kind: DISCOUNT_DISABLE,
      repeatable: false,
      retry: END_RETRY,
      mostSeen: 1,
      waits: async (scope) => waitsFor(scope.shop.state, await accessOf(scope)),
      async perform(call) {
        const platform = await of(call);
        if (!platform) return { outcome: 'refused', ...NOWHERE };
        const ended = await platform.disable(call.payload, call.signal);
        // What is not there is worth nothing either; somebody else's is left alone.
        return ended.outcome === 'refused' ? ended : { outcome: 'done', answer: { was: ended.outcome } };
      },
      async ask(call) {
        const known = await (await of(call))?.find(call.payload.code, call.signal);
        const isOver = !known || known.mark !== call.payload.mark || !known.isOn;
        return { outcome: isOver ? 'done' : 'not-done' };
      },
    },
  ];
}
