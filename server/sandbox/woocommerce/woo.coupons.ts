import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';
import { formatMajor, parseMinor } from '../../shared/money.ts';
import type { WooCoupon } from '../store/sandbox.types.ts';
import { type Answer, failure, invalidId } from './woo.answers.ts';
import { batch } from './woo.batch.ts';
import { dates, instantOfLocal } from './woo.dates.ts';
import { links } from './woo.links.ts';
import type { Woo } from './woo.types.ts';

const FIRST_COUPON = 61;
const EMAIL = /^(\*@|[^\s@]+@)[^\s@]+\.[^\s@]+$/;

/** A coupon as `coupons/:id` gives it. */
export function couponJson(coupon: WooCoupon, { site: { url, timeZone } }: Pick<Woo, 'site'>): Json {
  const { createdAt, updatedAt, expiresAt, ...fields } = coupon;
  return {
    id: fields.id,
    code: fields.code,
    amount: fields.amount,
    status: 'publish',
    ...dates('date_created', createdAt, timeZone),
    ...dates('date_modified', updatedAt, timeZone),
    discount_type: fields.discount_type,
    description: fields.description,
    ...dates('date_expires', expiresAt, timeZone),
    usage_count: fields.used_by.length,
    individual_use: fields.individual_use,
    product_ids: [],
    excluded_product_ids: [],
    usage_limit: fields.usage_limit,
    usage_limit_per_user: fields.usage_limit_per_user,
    limit_usage_to_x_items: null,
    free_shipping: fields.free_shipping,
    product_categories: [],
    excluded_product_categories: [],
    exclude_sale_items: false,
    minimum_amount: fields.minimum_amount,
    maximum_amount: '0.00',
    email_restrictions: fields.email_restrictions,
    used_by: fields.used_by,
    meta_data: fields.meta_data ?? [],
    _links: links(url, `coupons/${fields.id}`),
  };
}

/**
 * The addresses that are any, under the places they had. PHP drops the others and leaves gaps, and a list with gaps is an
 * object in JSON.
 */
function restrictions(value: unknown): string[] | Record<string, string> {
  if (!Array.isArray(value)) return [];
  const kept = value.map((email) => String(email).toLowerCase()).map((email, place) => [String(place), email] as const);
  const good = kept.filter(([, email]) => EMAIL.test(email));
  if (good.every(([place], index) => place === String(index))) return good.map(([, email]) => email);
  return Object.fromEntries(good);
}

const decimal = (value: unknown): string | null => {
  try {
    return formatMajor(parseMinor(String(value), 'USD'), 'USD');
  } catch {
    return null;
  }
};
const count = (value: unknown, before: number | null): number | null =>
  value === undefined ? before : Number.isInteger(value) && Number(value) > 0 ? Number(value) : null;

/** Meta as it is kept: a key that is there already has its value replaced. */
function withMeta(before: WooCoupon, value: unknown): Required<WooCoupon>['meta_data'] {
  const kept = new Map((before.meta_data ?? []).map((meta) => [meta.key, meta]));
  for (const meta of Array.isArray(value) ? (value as Json[]) : []) {
    const key = String(meta.key ?? '');
    const id = kept.get(key)?.id ?? before.id * 100 + kept.size;
    if (key !== '') kept.set(key, { id, key, value: meta.value });
  }
  return [...kept.values()];
}

const TYPES = ['percent', 'fixed_cart', 'fixed_product'];

/** A coupon with the fields of a body taken over; `date_expires_gmt` is not heard. A refusal: why not. */
function changed(before: WooCoupon, body: Json, woo: Woo): WooCoupon | Answer {
  const { timeZone } = woo.site;
  const amount = body.amount === undefined ? before.amount : decimal(body.amount);
  if (amount === null) return failure(400, 'rest_invalid_param', 'Invalid parameter(s): amount');
  const kind = body.discount_type === undefined ? before.discount_type : String(body.discount_type);
  if (!TYPES.includes(kind)) return failure(400, 'rest_invalid_param', 'Invalid parameter(s): discount_type');
  if (kind === 'percent' && Number(amount) > 100)
    return failure(400, 'coupon_invalid_amount', 'Invalid discount amount.');
  const expires = body.date_expires;
  // Codes are lower-cased when they are kept, and looked up so.
  const code = body.code === undefined ? before.code : String(body.code).trim().toLowerCase();
  return {
    ...before,
    code,
    amount,
    discount_type: kind,
    description: String(body.description ?? before.description),
    individual_use: typeof body.individual_use === 'boolean' ? body.individual_use : before.individual_use,
    free_shipping: typeof body.free_shipping === 'boolean' ? body.free_shipping : before.free_shipping,
    minimum_amount: decimal(body.minimum_amount ?? before.minimum_amount) ?? '0.00',
    usage_limit: count(body.usage_limit, before.usage_limit),
    usage_limit_per_user: count(body.usage_limit_per_user, before.usage_limit_per_user),
    email_restrictions:
      body.email_restrictions === undefined ? before.email_restrictions : restrictions(body.email_restrictions),
    expiresAt: expires === undefined ? before.expiresAt : instantOfLocal(String(expires), timeZone),
    meta_data: withMeta(before, body.meta_data),
    updatedAt: woo.store.clock.now(),
  };
}

const taken = ({ store }: Woo, code: string, id: number): boolean => {
  const known = store.coupons.get(code);
  return known !== undefined && known.id !== id;
};

/** Makes a coupon. */
export function createCoupon(woo: Woo, body: Json): Answer {
  const { store } = woo;
  const at = store.clock.now();
  if (typeof body.code !== 'string' || body.code.trim() === '')
    return failure(400, 'woocommerce_rest_empty_coupon_code', 'The coupon code cannot be empty.');
  const blank: WooCoupon = {
    id: FIRST_COUPON + store.made.coupons,
    code: '',
    amount: '0.00',
    discount_type: 'fixed_cart',
    description: '',
    individual_use: false,
    free_shipping: false,
    minimum_amount: '0.00',
    usage_limit: null,
    usage_limit_per_user: null,
    email_restrictions: [],
    used_by: [],
    createdAt: at,
    updatedAt: at,
    expiresAt: null,
  };
  const coupon = changed(blank, body, woo);
  if ('status' in coupon) return coupon;
  if (taken(woo, coupon.code, coupon.id))
    return failure(400, 'woocommerce_rest_coupon_code_already_exists', 'The coupon code already exists');
  store.happened(at, [{ kind: 'resource', topic: 'coupon.created', id: String(coupon.id) }], { coupon });
  const location = `${woo.site.url}/wp-json/wc/v3/coupons/${coupon.id}`;
  return { status: 201, body: couponJson(coupon, woo), headers: { location } };
}

/** Changes a coupon. */
export function updateCoupon(woo: Woo, id: number, body: Json): Answer {
  const before = [...woo.store.coupons.values()].find((coupon) => coupon.id === id);
  if (!before) return invalidId('shop_coupon');
  const coupon = changed(before, body, woo);
  if ('status' in coupon) return coupon;
  if (taken(woo, coupon.code, id))
    return failure(400, 'woocommerce_rest_coupon_code_already_exists', 'The coupon code already exists');
  const happened = [{ kind: 'resource' as const, topic: 'coupon.updated', id: String(id) }];
  woo.store.happened(coupon.updatedAt, happened, {
    coupon,
    ...(coupon.code === before.code ? {} : { dropped: before.code }),
  });
  return { status: 200, body: couponJson(coupon, woo) };
}

/** Deletes a coupon; without `force` it goes to the trash, which its webhook tells. */
export function deleteCoupon(woo: Woo, id: number, force: boolean): Answer {
  const coupon = [...woo.store.coupons.values()].find((known) => known.id === id);
  if (!coupon) return invalidId('shop_coupon');
  const told = force ? [] : [{ kind: 'resource' as const, topic: 'coupon.deleted', id: String(id) }];
  woo.store.happened(woo.store.clock.now(), told, { dropped: coupon.code });
  return { status: 200, body: couponJson(coupon, woo) };
}

/** Many at once. */
export const batchCoupons = (woo: Woo, body: Json): Promise<Answer> =>
  batch(body, {
    create: async (item) => createCoupon(woo, item),
    update: async (id, item) => updateCoupon(woo, id, item),
    delete: async (id) => deleteCoupon(woo, id, true),
  });
