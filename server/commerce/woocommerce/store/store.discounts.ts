import { NotSent } from '../../../effects/effects.errors.ts';
import { type AppError, isAppError } from '../../../shared/errors.ts';
import { formatMajor } from '../../../shared/money.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import type { Discount, Discounts, KnownDiscount } from '../../discounts.port.ts';
import type { Refused } from '../../writing.port.ts';
import type { NewCoupon } from './store.coupons.rules.ts';
import { couponByCode, createCoupon, expireCoupon, type StoreCoupon } from './store.coupons.ts';
import { storeOf } from './store.usecases.ts';
import type { WooDeps } from './woocommerce.deps.ts';

/** Shorter than the whole call: an answer that is still awaited when that ends has ended before anybody asks. */
const TIMEOUT_MS = 15_000;
const DAY_MS = 86_400_000;

/** The store, or we ourselves, stopped the call before anything was done, until somebody mends something. */
const LATER = new Set(
  ['keys_refused', 'permission', 'not_connected', 'blocked', 'no_api', 'header_stripped'].map(
    (code) => `woocommerce.${code}`,
  ),
);
/** Understood, and not done. */
const NEVER = new Set(['woocommerce.refused', 'woocommerce.coupon_invalid']);

/** Asked to be patient: by status 429, or by our own pace, which then sent nothing. */
const isPatience = ({ code, details }: AppError): boolean =>
  code === 'woocommerce.throttled' && (details?.status === undefined || details.status === 429);

/** @throws NotSent where surely nothing was done; else whatever was thrown: it may have been done */
async function written<T>(work: () => Promise<T>): Promise<T | Refused> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { code, message, details } = error;
    if (NEVER.has(code)) return { outcome: 'refused', code, reason: message };
    if (!LATER.has(code) && !isPatience(error) && details?.sent !== false) throw error;
    const inMs = typeof details?.retryAfterMs === 'number' ? details.retryAfterMs : 0;
    throw new NotSent(code, message, { inMs, cause: error });
  }
}

const NO_EMAIL: Refused = {
  outcome: 'refused',
  code: 'discounts.no_email',
  reason: 'WooCommerce keeps a code to one customer by their e-mail, and this customer has none.',
};

function couponOf(discount: Discount): NewCoupon {
  const { code, title, mark, value, currency, minimum, limit, customer, expiresAt, combinesWith } = discount;
  const money = (amount: number): string => formatMajor(amount, currency);
  return {
    code,
    mark,
    expiresAt,
    description: title,
    discount:
      value.kind === 'percent'
        ? { type: 'percent', amount: String(value.percent) }
        : { type: 'fixed_cart', amount: money(value.amount) },
    usageLimit: limit,
    usageLimitPerUser: 1,
    minimumAmount: minimum === null ? null : money(minimum),
    alone: !combinesWith.order && !combinesWith.product && !combinesWith.shipping,
    ...(customer?.email != null && { emails: [customer.email] }),
  };
}

const knownOf = ({ id, mark, usageCount, expiresAt, emails }: StoreCoupon, now: number): KnownDiscount => ({
  id: String(id),
  mark,
  isOn: expiresAt === null || expiresAt > now,
  uses: usageCount,
  expiresAt,
  isForSome: emails.length > 0,
});

/** The discount codes (coupons) of a shop's WooCommerce store. */
export function storeDiscounts(deps: WooDeps, shop: Shop): Discounts {
  const storeFor = (signal: AbortSignal) => storeOf({ ...deps, timeoutMs: deps.timeoutMs ?? TIMEOUT_MS }, shop, signal);
  return {
    create: async (discount, signal) => {
      if (discount.customer !== null && discount.customer.email === null) return NO_EMAIL;
      return written(async () => {
        const store = await storeFor(signal);
        try {
          const made = await createCoupon(store, couponOf(discount), shop.timeZone);
          return { outcome: 'created', id: String(made.id) };
        } catch (error) {
          if (isAppError(error, 'woocommerce.coupon_taken')) return { outcome: 'taken' };
          throw error;
        }
      });
    },
    find: async (code, signal) => {
      const found = await couponByCode(await storeFor(signal), code);
      return found && knownOf(found, deps.clock.now());
    },
    disable: ({ code, mark }, signal) =>
      written(async () => {
        const store = await storeFor(signal);
        const found = await couponByCode(store, code);
        if (found?.mark !== mark) return { outcome: 'unknown' };
        // A day ago is over in every time zone that the store's clock may go by. A deleted coupon would take its history along.
        await expireCoupon(store, found.id, deps.clock.now() - DAY_MS, shop.timeZone);
        return { outcome: 'disabled' };
      }),
  };
}
