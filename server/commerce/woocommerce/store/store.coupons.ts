import { z } from 'zod';
import { type AppError, isAppError } from '../../../shared/errors.ts';
import { bounded } from '../../../shared/text.ts';
import { couponBody, couponCode, localTime, MARK, type NewCoupon } from './store.coupons.rules.ts';
import type { Store } from './store.types.ts';
import { couponRefused, couponTaken, refusedByStore, strangeAnswer } from './woocommerce.errors.ts';

/** Naive text in UTC, as `…_gmt` fields have it; null where there is none or it cannot be read. */
const gmt = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => {
    const at = text == null ? Number.NaN : Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
    return Number.isNaN(at) ? null : at;
  });

const metaShape = z.object({ key: z.string(), value: z.unknown() });

/** Restrictions with a gap come as an object. */
const emails = z
  .union([z.array(z.string()), z.record(z.string(), z.string()).transform((gaps) => Object.values(gaps))])
  .catch([]);

const couponShape = z
  .object({
    id: z.number().int().positive(),
    code: z.string(),
    usage_count: z.number().int().catch(0),
    date_expires_gmt: gmt,
    email_restrictions: emails,
    meta_data: z.array(z.unknown()).catch([]),
  })
  .transform(({ id, code, usage_count, date_expires_gmt, email_restrictions, meta_data }) => {
    const marks = meta_data.map((meta) => metaShape.safeParse(meta).data).filter((meta) => meta?.key === MARK);
    const mark = marks[0]?.value;
    return {
      id,
      code: code.toLowerCase(),
      usageCount: usage_count,
      expiresAt: date_expires_gmt,
      emails: email_restrictions,
      mark: typeof mark === 'string' ? mark : null,
    };
  });

/** A coupon as the store keeps it. `mark`: of ours; null: of somebody else. */
export type StoreCoupon = z.infer<typeof couponShape>;
/** What became of one of many. */
export type CouponOutcome = { ok: true; coupon: StoreCoupon } | { ok: false; error: AppError };

const failureShape = z.object({
  error: z.object({ code: z.string().transform((code) => bounded(code, 100)), message: z.string().catch('') }),
});
const batchShape = z.object({ create: z.array(z.unknown()) });

/** What WooCommerce takes at once; a store may allow less. */
const MAX_BATCH = 100;
const EXISTS = 'woocommerce_rest_coupon_code_already_exists';
const TOO_MANY = 'woocommerce_rest_request_entity_too_large';

const storesCode = (error: unknown): unknown => (isAppError(error, 'woocommerce.refused') ? error.details?.code : null);

/** The coupon with this code; null where there is none. @throws AppError as Store does */
export async function couponByCode(store: Store, code: string): Promise<StoreCoupon | null> {
  const wanted = couponCode(code);
  const { items } = await store.list('coupons', couponShape, { code: wanted, per_page: 10 });
  // A plugin that does not know the parameter would answer with any coupons.
  return items.find((coupon) => coupon.code === wanted) ?? null;
}

/** A coupon by the store's id, with how often it was used: cancelling an order gives a use back. @throws AppError as Store does */
export const readCoupon = (store: Store, id: number): Promise<StoreCoupon> => store.read(`coupons/${id}`, couponShape);

/** The code is there already: from an attempt whose answer was lost, or as somebody else's. */
async function met(store: Store, { code, mark }: NewCoupon): Promise<StoreCoupon> {
  const known = await couponByCode(store, code);
  if (known === null || known.mark !== mark) throw couponTaken();
  return known;
}

/** Takes a coupon away for good; one that is gone already is fine. @throws AppError as Store does */
export async function deleteCoupon(store: Store, id: number): Promise<void> {
  try {
    await store.write('DELETE', `coupons/${id}`, { force: true }, z.unknown());
  } catch (error) {
    if (!isAppError(error, 'woocommerce.not_found')) throw error;
  }
}

/** Ends a coupon at an instant; it stays in the store with what it was used for. @throws AppError as Store does */
export const expireCoupon = (store: Store, id: number, at: number, timeZone: string): Promise<StoreCoupon> =>
  store.write('PUT', `coupons/${id}`, { date_expires: localTime(at, timeZone) }, couponShape);

const wholeSecond = (instant: number): number => Math.floor(instant / 1000) * 1000;

/**
 * Looks at what the store made of it. An expiry that came out at another instant (the store's time zone is not the one that we
 * know, or an hour that is there twice) is moved by the difference. A restriction that was not kept would give the coupon
 * to everybody: such a coupon goes.
 */
async function proven(store: Store, coupon: NewCoupon, made: StoreCoupon, timeZone: string): Promise<StoreCoupon> {
  const missing = (coupon.emails ?? []).some((email) => !made.emails.includes(email.trim().toLowerCase()));
  if (missing) {
    await deleteCoupon(store, made.id);
    throw couponRefused('emails');
  }
  if (coupon.expiresAt === null) return made;
  const off = (made.expiresAt ?? 0) - wholeSecond(coupon.expiresAt);
  if (made.expiresAt === null || off === 0) return made;
  return expireCoupon(store, made.id, coupon.expiresAt - off, timeZone);
}

/**
 * Makes a coupon at the store. Made again with the same mark it finds the one it made before. `timeZone`: the store's.
 * @throws AppError as Store does; woocommerce.coupon_taken (the code is somebody else's), woocommerce.coupon_invalid
 */
export async function createCoupon(store: Store, coupon: NewCoupon, timeZone: string): Promise<StoreCoupon> {
  const body = couponBody(coupon, timeZone);
  try {
    return await proven(store, coupon, await store.write('POST', 'coupons', body, couponShape), timeZone);
  } catch (error) {
    if (storesCode(error) !== EXISTS) throw error;
    return proven(store, coupon, await met(store, coupon), timeZone);
  }
}

async function outcomeOf(work: Promise<StoreCoupon>): Promise<CouponOutcome> {
  try {
    return { ok: true, coupon: await work };
  } catch (error) {
    // What would fail for the next one too is not an answer about this one.
    if (!isAppError(error) || error.retryable || /keys_refused|permission/.test(error.code)) throw error;
    return { ok: false, error };
  }
}

/** What a batch says of one coupon: the coupon, or an error inside of an answer that is a success. */
async function settled(store: Store, coupon: NewCoupon, said: unknown, timeZone: string): Promise<StoreCoupon> {
  const failed = failureShape.safeParse(said);
  if (failed.success) {
    const { code, message } = failed.data.error;
    if (code === EXISTS) return proven(store, coupon, await met(store, coupon), timeZone);
    throw refusedByStore(code, message);
  }
  const made = couponShape.safeParse(said);
  if (!made.success) throw strangeAnswer('a coupon was expected', { path: 'coupons/batch' });
  return proven(store, coupon, made.data, timeZone);
}

async function batch(store: Store, coupons: readonly NewCoupon[], timeZone: string): Promise<CouponOutcome[]> {
  const create = coupons.map((coupon) => couponBody(coupon, timeZone));
  let said: unknown[];
  try {
    ({ create: said } = await store.write('POST', 'coupons/batch', { create }, batchShape));
  } catch (error) {
    if (storesCode(error) !== TOO_MANY || coupons.length === 1) throw error;
    const half = Math.ceil(coupons.length / 2);
    const first = await batch(store, coupons.slice(0, half), timeZone);
    return [...first, ...(await batch(store, coupons.slice(half), timeZone))];
  }
  const outcomes: CouponOutcome[] = [];
  for (const [index, coupon] of coupons.entries())
    outcomes.push(await outcomeOf(settled(store, coupon, said[index], timeZone)));
  return outcomes;
}

/**
 * Makes many coupons, each with an outcome of its own, in their order. After an error that is thrown some may have been made:
 * called again with the same marks, it finds them.
 * @throws AppError as Store does where the whole answer failed; woocommerce.coupon_invalid before anything is sent
 */
export async function createCoupons(
  store: Store,
  coupons: readonly NewCoupon[],
  timeZone: string,
): Promise<CouponOutcome[]> {
  for (const coupon of coupons) couponBody(coupon, timeZone);
  const outcomes: CouponOutcome[] = [];
  for (let from = 0; from < coupons.length; from += MAX_BATCH)
    outcomes.push(...(await batch(store, coupons.slice(from, from + MAX_BATCH), timeZone)));
  return outcomes;
}
