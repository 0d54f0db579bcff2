import { iso, isoOrNull, type Json } from '../../commerce/shopify/writing/payload.parts.ts';
import { formatMajor, parseMinor } from '../../shared/money.ts';
import type { WooCoupon } from '../store/sandbox.types.ts';
import { refuseWithout } from './sandbox.denied.ts';
import type { PlatformDeps } from './sandbox.platform.types.ts';

/** As much of `DiscountCodeBasicInput` as the app uses. */
type Input = {
  code?: string | null;
  title?: string | null;
  tags?: string[] | null;
  startsAt?: string | null;
  endsAt?: string | null;
  usageLimit?: number | null;
  appliesOncePerCustomer?: boolean | null;
  context?: { all?: string; customers?: { add?: string[] | null } } | null;
  minimumRequirement?: { subtotal?: { greaterThanOrEqualToSubtotal?: string | null } | null } | null;
  customerGets?: {
    value?: { percentage?: number | null; discountAmount?: { amount?: string | null } | null } | null;
  } | null;
  combinesWith?: Partial<Record<'orderDiscounts' | 'productDiscounts' | 'shippingDiscounts', boolean | null>> | null;
};
type Fault = { code: string; field: string[]; message: string };

const FIRST = 1_400_000_001;
const idIn = (gid: string): string => gid.split('/').at(-1) ?? '';
const gidOf = (coupon: WooCoupon): string => `gid://shopify/DiscountCodeNode/${coupon.id}`;
const two = (text: string): string => formatMajor(parseMinor(text, 'USD'), 'USD');

/** `DiscountCodeNode`, with what the app asks of a basic discount. */
function nodeOf(coupon: WooCoupon, { store }: PlatformDeps): Json {
  const { shopify, expiresAt } = coupon;
  const now = store.clock.now();
  const customers = shopify?.customers ?? [];
  const ended = expiresAt !== null && expiresAt <= now;
  return {
    __typename: 'DiscountCodeNode',
    id: gidOf(coupon),
    codeDiscount: {
      __typename: 'DiscountCodeBasic',
      title: shopify?.title ?? '',
      tags: shopify?.tags ?? [],
      startsAt: iso(shopify?.startsAt ?? coupon.createdAt),
      endsAt: isoOrNull(expiresAt),
      status: ended ? 'EXPIRED' : (shopify?.startsAt ?? 0) > now ? 'SCHEDULED' : 'ACTIVE',
      asyncUsageCount: coupon.used_by.length,
      usageLimit: coupon.usage_limit,
      appliesOncePerCustomer: coupon.usage_limit_per_user === 1,
      combinesWith: { __typename: 'DiscountCombinesWith', ...shopify?.combinesWith },
      context:
        customers.length === 0
          ? { __typename: 'DiscountBuyerSelectionAll', all: 'ALL' }
          : {
              __typename: 'DiscountCustomers',
              customers: customers.map((id) => ({ __typename: 'Customer', id: `gid://shopify/Customer/${id}` })),
            },
    },
  };
}

const fault = (code: string, field: string, message: string): Fault => ({
  code,
  field: ['basicCodeDiscount', field],
  message,
});

/** The discount that an input makes, or why it makes none, in the words of Shopify's codes. */
function couponOf(input: Input, { store }: PlatformDeps): WooCoupon | Fault {
  const at = store.clock.now();
  const code = input.code?.trim() ?? '';
  const value = input.customerGets?.value;
  const amount = value?.discountAmount?.amount ?? null;
  const percentage = value?.percentage ?? null;
  const startsAt = input.startsAt == null ? at : Date.parse(input.startsAt);
  const expiresAt = input.endsAt == null ? null : Date.parse(input.endsAt);
  const customers = (input.context?.customers?.add ?? []).map(idIn);
  if (code === '') return fault('BLANK', 'code', 'Code can’t be blank');
  if (store.coupons.has(code.toLowerCase()))
    return fault('TAKEN', 'code', 'Code must be unique. Please try a different code.');
  if (!input.title) return fault('BLANK', 'title', 'Title can’t be blank');
  if (!input.context) return fault('BLANK', 'context', 'Context can’t be blank');
  if (!customers.every((id) => store.customers.has(id))) return fault('INVALID', 'context', 'Customer does not exist');
  if ((amount === null) === (percentage === null)) return fault('INVALID', 'customerGets', 'Value is invalid');
  if (percentage !== null && !(percentage > 0 && percentage <= 1))
    return fault('VALUE_OUTSIDE_RANGE', 'customerGets', 'Percentage must be between 0.0 and 1.0');
  if (expiresAt !== null && expiresAt <= startsAt)
    return fault('END_DATE_BEFORE_START_DATE', 'endsAt', 'Ends at needs to be after starts_at');
  const { orderDiscounts, productDiscounts, shippingDiscounts } = input.combinesWith ?? {};
  return {
    id: FIRST + store.made.coupons,
    code: code.toLowerCase(),
    amount: percentage === null ? two(String(amount)) : formatMajor(Math.round(percentage * 10_000), 'USD'),
    discount_type: percentage === null ? 'fixed_cart' : 'percent',
    description: '',
    individual_use: false,
    free_shipping: false,
    minimum_amount: two(input.minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal ?? '0'),
    usage_limit: input.usageLimit ?? null,
    usage_limit_per_user: input.appliesOncePerCustomer === true ? 1 : null,
    email_restrictions: [],
    used_by: [],
    createdAt: at,
    updatedAt: at,
    expiresAt,
    shopify: {
      code,
      title: input.title,
      tags: input.tags ?? [],
      startsAt,
      customers,
      combinesWith: {
        orderDiscounts: orderDiscounts ?? false,
        productDiscounts: productDiscounts ?? false,
        shippingDiscounts: shippingDiscounts ?? false,
      },
    },
  };
}

/** Discount codes by Admin GraphQL. No webhook tells of them to apps that did not ask for one; this one does not. */
export function discountFields(deps: PlatformDeps): Record<string, unknown> {
  const { store, scopes } = deps;
  return {
    codeDiscountNodeByCode: ({ code }: { code: string }) => {
      refuseWithout(scopes, 'read_discounts', 'codeDiscountNodeByCode');
      const coupon = store.coupons.get(code.trim().toLowerCase());
      return coupon ? nodeOf(coupon, deps) : null;
    },
    discountCodeBasicCreate: ({ basicCodeDiscount }: { basicCodeDiscount: Input }) => {
      refuseWithout(scopes, 'write_discounts', 'discountCodeBasicCreate');
      const coupon = couponOf(basicCodeDiscount, deps);
      if ('message' in coupon) return { codeDiscountNode: null, userErrors: [coupon] };
      store.happened(store.clock.now(), [], { coupon });
      return { codeDiscountNode: nodeOf(coupon, deps), userErrors: [] };
    },
    discountCodeDeactivate: ({ id }: { id: string }) => {
      refuseWithout(scopes, 'write_discounts', 'discountCodeDeactivate');
      const known = [...store.coupons.values()].find((coupon) => gidOf(coupon) === id);
      if (!known) {
        const missing = { code: 'INVALID', field: ['id'], message: 'Code discount does not exist.' };
        return { codeDiscountNode: null, userErrors: [missing] };
      }
      const now = store.clock.now();
      const coupon = { ...known, expiresAt: Math.min(known.expiresAt ?? now, now), updatedAt: now };
      store.happened(now, [], { coupon });
      return { codeDiscountNode: nodeOf(coupon, deps), userErrors: [] };
    },
  };
}
