import { z } from 'zod';
import {
  isAmount,
  MAX_ENTRIES,
  piece,
  type RawAmount,
  toCountry,
  toCurrency,
  toEmail,
  toId,
  toInstant,
  toText,
} from '../../fields.ts';
import { isJson } from '../../json.ts';
import { refusalsOf } from '../../refusals.ts';

const GID = /^gid:\/\/shopify\/[A-Za-z]{1,40}\/([1-9]\d{0,19})$/;
// --- Single values -------------------------------------------------------------------------------------------------

/** The digits of a gid such as `gid://shopify/Order/123`; null for anything else. */
export const idOfGid = (value: unknown): string | null =>
  typeof value === 'string' ? (GID.exec(value)?.[1] ?? null) : null;

const shopMoney = (value: unknown): unknown => (isJson(value) && isJson(value.shop_money) ? value.shop_money : null);

// --- Pieces of zod shapes: each takes an absent field for null, and fails only where it says so ----------------------

/** An instant; null when it is absent or none. */
export const instant = piece(toInstant);
/** An instant on which the state depends: null when absent, but anything that is none fails. */
export const strictInstant = z
  .unknown()
  .optional()
  .transform((value, context): number | null => {
    if (value === undefined || value === null) return null;
    const at = toInstant(value);
    if (at !== null) return at;
    context.addIssue({ code: 'custom', message: 'a time' });
    return z.NEVER;
  });
export const text = (max: number) => piece((value) => toText(value, max));
export const gid = piece(idOfGid);
export const idNumber = piece(toId);
export const email = piece(toEmail);
export const country = piece(toCountry);
export const yes = piece((value) => value === true);
/** What a `…_set` says in the shop's own currency. */
export const setAmount = piece((value): RawAmount => {
  const money = shopMoney(value);
  return isJson(money) && isAmount(money.amount) ? money.amount : null;
});
export const setCurrency = (value: unknown): string | null => {
  const money = shopMoney(value);
  return isJson(money) ? toCurrency(money.currency_code) : null;
};
/** Null when absent; a value of another type than text or number fails. */
export const amount = z
  .unknown()
  .optional()
  .transform((value, context): RawAmount => {
    if (value === undefined || value === null) return null;
    if (isAmount(value)) return value;
    context.addIssue({ code: 'custom', message: 'an amount' });
    return z.NEVER;
  });
/** A whole number from 0 to a million; anything else fails. */
export const quantity = z
  .unknown()
  .optional()
  .transform((value, context): number => {
    const whole = typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : value;
    if (typeof whole === 'number' && Number.isInteger(whole) && whole >= 0 && whole <= 1_000_000) return whole;
    context.addIssue({ code: 'custom', message: 'a whole number' });
    return z.NEVER;
  });
/** A list of at most MAX_ENTRIES, or nothing. */
export const list = <T extends z.ZodType>(entry: T) => z.array(entry).max(MAX_ENTRIES).nullish();

/** `id` and `admin_graphql_api_id`, to spread into a shape. */
export const ids = { id: idNumber, admin_graphql_api_id: gid };

/** The id by gid, which is exact, else by number. */
export const idOf = (payload: { id: string | null; admin_graphql_api_id: string | null }): string | null =>
  payload.admin_graphql_api_id ?? payload.id;

// --- Refusals ------------------------------------------------------------------------------------------------------

/** How a payload is checked, and what is said where it cannot be used: see refusalsOf. */
export const { refuseField, need, shaped } = refusalsOf('Shopify', MAX_ENTRIES);
