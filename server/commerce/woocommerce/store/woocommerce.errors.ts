import { AppError } from '../../../shared/errors.ts';
import { bounded } from '../../../shared/text.ts';

type Details = Record<string, unknown>;
type Options = { cause?: unknown; details?: Details };

/** What may succeed later unchanged. */
const later = (code: string, message: string, options: Options = {}) =>
  new AppError(`woocommerce.${code}`, message, { status: 503, retryable: true, ...options });
/** What stays as it is until somebody changes something at the store. */
const fixed = (code: string, message: string, options: Options = {}) =>
  new AppError(`woocommerce.${code}`, message, { status: 409, ...options });

/** The name leads to an address that is not on the public internet: our own network is nobody's store. */
export const addressRefused = (host: string) =>
  fixed(
    'address_refused',
    `${host} is not on the public internet. Use the address under which customers reach the store.`,
    { details: { sent: false } },
  );

/** No answer. `sent` in the details: whether the store may have heard the request. */
export const unreachable = (message: string, options: Options = {}) => later('unreachable', message, options);

/** The store's certificate is not one that can be trusted. */
export const certificateWrong = (reason: string, options: Options = {}) =>
  later(
    'certificate',
    `The store's https certificate is not valid (${reason}). Ask the host of the store to renew or repair it.`,
    options,
  );

export const timedOut = (options: Options = {}) =>
  later('timed_out', 'The store took too long to answer. It may be busy; Bazgasht tries again later.', options);

/** An answer that is longer than anything we asked for. */
export const tooLarge = (maxBytes: number) =>
  fixed('too_large', 'The store answered with more than Bazgasht can take at once.', { details: { maxBytes } });

/** The keys are not accepted; a revoked key and a missing permission look the same from here. */
export const keysRefused = (details?: Details) =>
  fixed(
    'keys_refused',
    'The store no longer accepts the keys that it gave to Bazgasht. They were revoked, or their owner is no longer a shop manager. Connect the store again.',
    details === undefined ? {} : { details },
  );

/** The store's server keeps from PHP what stands in the header. */
export const headerStripped = () =>
  fixed(
    'header_stripped',
    'The server of this store keeps the Authorization header from WooCommerce, so that the keys do not arrive. Ask its host to let it through: in .htaccess "SetEnvIf Authorization (.*) HTTP_AUTHORIZATION=$1", with nginx "fastcgi_param HTTP_AUTHORIZATION $http_authorization;". Then connect the store again.',
  );

/** The keys work, but not for this. */
export const permission = (details?: Details) =>
  fixed(
    'permission',
    'The keys of this store do not allow Bazgasht what this needs. Connect the store again as an administrator or shop manager, with read and write access.',
    details === undefined ? {} : { details },
  );

/** The store has no such order, coupon or webhook. */
export const notFoundThere = (details: Details) =>
  new AppError('woocommerce.not_found', 'The store does not have this any more.', { status: 404, details });

/** There is no WooCommerce API at the address. */
export const noApi = (details?: Details) =>
  fixed(
    'no_api',
    'The store does not answer as WooCommerce at this address. Check that WooCommerce is active, and that Settings → Permalinks in WordPress is not set to "Plain".',
    details === undefined ? {} : { details },
  );

/** The store has trouble of its own. */
export const unavailable = (options: Options = {}) =>
  later('unavailable', 'The store has trouble just now. Bazgasht tries again later.', options);

/** Asked for patience. `retryAfterMs` in the details: how long the store wants to be left alone. */
export const throttled = (retryAfterMs: number | null, details: Details = {}) =>
  later('throttled', 'The store asks to be asked more slowly. Bazgasht goes on later.', {
    details: { ...details, retryAfterMs },
  });

/** A page in the place of data: a maintenance page, a firewall, an error of PHP. */
export const notJson = (details?: Details) =>
  later(
    'not_json',
    'The store answered with a page instead of data. A maintenance mode, a security plugin or a firewall may stand before its API: let Bazgasht through to /wp-json/.',
    details === undefined ? {} : { details },
  );

/** Data of another shape than WooCommerce gives. */
export const strangeAnswer = (reason: string, details: Details = {}) =>
  fixed('strange_answer', `The store answered with something that is not WooCommerce's: ${bounded(reason, 200)}`, {
    details,
  });

/** The store understood and refused; `code` is its own. Its message is cut, since it may quote what was sent. */
export const refusedByStore = (code: string, message: string, details: Details = {}) =>
  fixed('refused', `The store refused: ${bounded(message, 200) || code}`, { details: { ...details, code } });

/** It leads us elsewhere, where its keys must not go. */
export const redirected = (to: string | null, details: Details = {}) =>
  fixed(
    'redirected',
    to === null
      ? 'The store redirects its API in circles or without saying where to. Check its address settings.'
      : `The store's API redirects to ${to}. Connect the store by that address.`,
    { details: { ...details, to } },
  );

/** A plugin or a setting of the store keeps its REST API from everybody who is not signed in to WordPress. */
export const blocked = (details: Details) =>
  later(
    'blocked',
    'A plugin of the store keeps its REST API closed. Allow /wp-json/wc/v3/ in its settings, so that the keys that the store gave are looked at.',
    { details },
  );

/** The shop has no store to speak to: it was only registered, or its store was disconnected. */
export const notConnected = () =>
  fixed('not_connected', 'This shop is not connected to a WooCommerce store. Connect it first.');

const PARTS = {
  code: 'its code',
  emails: 'the addresses that it is for',
  discount: 'its discount',
} as const;

/** A coupon that the store would not keep as it was meant. */
export const couponRefused = (part: keyof typeof PARTS) =>
  new AppError(
    'woocommerce.coupon_invalid',
    `This coupon cannot be made at the store: ${PARTS[part]} would not be kept.`,
    {
      status: 400,
      details: { field: part },
    },
  );

/** The code is another coupon's. */
export const couponTaken = () =>
  fixed('coupon_taken', 'The store has another coupon with this code. Choose another code.');
