import { isAddressLiteral } from '../../../shared/addresses.ts';

/** Why a text is no address of a store. */
export type AddressFault = 'empty' | 'too_long' | 'malformed' | 'scheme' | 'credentials' | 'query' | 'private';

/**
 * `url`: without a trailing slash, `https://shop.example/fa`. `host`: with its port where that is not the scheme's own.
 * `insecure`: http, where keys only sign and everything else can be read on the way.
 */
export type StoreAddress =
  | { ok: true; url: string; host: string; insecure: boolean }
  | { ok: false; reason: AddressFault; message: string };

/** Longer than any address that a person types. */
const MAX_LENGTH = 2_000;

const MESSAGES: Record<AddressFault, string> = {
  empty: 'Type the address of the store, for example https://shop.example.',
  too_long: 'This is too long for the address of a store.',
  malformed: 'This does not look like the address of a store. It looks like https://shop.example.',
  scheme: 'The address of a store begins with https:// or http://.',
  credentials: 'Leave the user name and the password out of the address: Bazgasht asks the store for keys of its own.',
  query: 'Leave out everything from the question mark on: the address of the store itself is enough.',
  private: 'Use the public address of the store, by its name: addresses inside of a network cannot be reached.',
};

/** What DNS can look up: labels of letters, digits and hyphens (some hosts have an underscore), none of them empty. */
const NAME = /^(?=.{1,253}$)[a-z0-9_](?:[\w-]{0,61}\w)?(?:\.[a-z0-9_](?:[\w-]{0,61}\w)?)*$/;

const fault = (reason: AddressFault): StoreAddress => ({ ok: false, reason, message: MESSAGES[reason] });

/** Where the pages and the API of WordPress begin: what people copy from their browser goes on from there. */
const INSIDE = /\/(?:wp-admin|wp-json|wp-login\.php|wp-content|wp-includes|wc-auth|xmlrpc\.php|index\.php)(?:\/.*)?$/i;

/** `shop.example` and `shop.example:8443` are names; `mailto:` and `javascript:` are not. */
function withScheme(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  return `https://${text.replace(/^\/+/, '')}`;
}

/**
 * The address of a store from what a merchant typed or copied: a scheme is added (https), names become ASCII and lower
 * case, what leads inside of WordPress is cut off (`/wp-admin/…`, `/wp-json/…`), a folder stays (`/fa`). Nothing is asked
 * here: whether a name leads to a public address shows when it is called. `allowPrivate`: addresses in numbers and names
 * of one word are stores too.
 */
export function storeAddress(text: string, { allowPrivate = false }: { allowPrivate?: boolean } = {}): StoreAddress {
  if (text.length > MAX_LENGTH) return fault('too_long');
  const typed = text.replace(/[\p{Cf}\p{Cc}]/gu, '').trim();
  if (typed === '') return fault('empty');
  const url = URL.parse(withScheme(typed));
  if (url === null) return fault('malformed');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fault('scheme');
  if (url.username !== '' || url.password !== '') return fault('credentials');
  const path = url.pathname.replace(/\/{2,}/g, '/').replace(INSIDE, '');
  const inside = path.length < url.pathname.replace(/\/{2,}/g, '/').length;
  if (url.search !== '' && !inside) return fault('query');
  const name = url.hostname.replace(/\.$/, '');
  const host = url.port === '' ? name : `${name}:${url.port}`;
  const inNumbers = isAddressLiteral(name);
  if (!inNumbers && !NAME.test(name)) return fault('malformed');
  if (!allowPrivate && (inNumbers || !name.includes('.'))) return fault('private');
  return {
    ok: true,
    url: `${url.protocol}//${host}${path.replace(/\/$/, '')}`,
    host,
    insecure: url.protocol === 'http:',
  };
}
