import { localDateTime } from '../../../shared/calendar.ts';
import { couponRefused } from './woocommerce.errors.ts';

/** A coupon to be made at a store. Amounts are decimal text in the store's currency; null: no limit. */
export type NewCoupon = {
  code: string;
  /** Which of our things it is for: by this a repeated attempt knows its own coupon. Never a person's data. */
  mark: string;
  discount: { type: 'percent' | 'fixed_cart' | 'fixed_product'; amount: string };
  freeShipping?: boolean;
  description?: string;
  /** Who may use it. Left out: everybody who knows the code. */
  emails?: readonly string[];
  usageLimit: number | null;
  usageLimitPerUser?: number | null;
  /** Epoch ms. */
  expiresAt: number | null;
  minimumAmount?: string | null;
  /** Not together with other coupons. */
  alone?: boolean;
  productIds?: readonly number[];
};

/** The meta by which coupons of ours are known. */
export const MARK = '_bazgasht';

const MAX_CODE = 100;
const DECIMAL = /^\d{1,15}(?:\.\d{1,4})?$/;

/**
 * What WordPress takes for an e-mail address and keeps as it is (`is_email`, `sanitize_email`); without `*`, which in a
 * coupon stands for any letters.
 */
const EMAIL =
  /^[a-z0-9!#$%&'+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** As WooCommerce keeps a code. @throws AppError woocommerce.coupon_invalid */
export function couponCode(code: string): string {
  const kept = code.trim().toLowerCase();
  if (kept === '' || kept.length > MAX_CODE || !/^[\p{L}\p{M}\p{N} _.-]+$/u.test(kept)) throw couponRefused('code');
  return kept;
}

/**
 * The addresses that a coupon is for, as the store will keep them. One that it does not take would leave a gap, and make
 * an object of the list; if none were left, everybody could use the coupon. @throws AppError woocommerce.coupon_invalid
 */
export function couponEmails(emails: readonly string[]): string[] {
  const kept = [...new Set(emails.map((email) => email.trim().toLowerCase()))];
  if (kept.length === 0 || !kept.every((email) => email.length <= 254 && EMAIL.test(email)))
    throw couponRefused('emails');
  return kept;
}

/** An instant on the wall of the store, which is the only time that coupons understand (`date_expires_gmt` is ignored). */
export function localTime(instant: number, timeZone: string): string {
  const { day, hour, minute, second } = localDateTime(instant, timeZone);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${day}T${two(hour)}:${two(minute)}:${two(second)}`;
}

function amountOf({ type, amount }: NewCoupon['discount']): string {
  if (!DECIMAL.test(amount) || (type === 'percent' && Number(amount) > 100)) throw couponRefused('discount');
  return amount;
}

/** The body that makes a coupon. `timeZone`: the store's. Pure. @throws AppError woocommerce.coupon_invalid */
export function couponBody(coupon: NewCoupon, timeZone: string) {
  const { mark, discount, emails, expiresAt, minimumAmount, productIds } = coupon;
  return {
    code: couponCode(coupon.code),
    discount_type: discount.type,
    amount: amountOf(discount),
    description: coupon.description ?? '',
    individual_use: coupon.alone ?? false,
    free_shipping: coupon.freeShipping ?? false,
    ...(coupon.usageLimit === null ? {} : { usage_limit: coupon.usageLimit }),
    ...(coupon.usageLimitPerUser == null ? {} : { usage_limit_per_user: coupon.usageLimitPerUser }),
    ...(expiresAt === null ? {} : { date_expires: localTime(expiresAt, timeZone) }),
    ...(minimumAmount == null ? {} : { minimum_amount: minimumAmount }),
    ...(productIds === undefined ? {} : { product_ids: productIds }),
    ...(emails === undefined ? {} : { email_restrictions: couponEmails(emails) }),
    meta_data: [{ key: MARK, value: mark }],
  };
}
