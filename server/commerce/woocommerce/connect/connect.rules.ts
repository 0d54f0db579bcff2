import { bareHost, isAddressLiteral, isPublicAddress } from '../../../shared/addresses.ts';

/** What WordPress sends to. */
const PORTS = new Set(['', '80', '443', '8080']);

const isInner = (hostname: string): boolean =>
  isAddressLiteral(hostname)
    ? !isPublicAddress(bareHost(hostname))
    : !hostname.includes('.') || /\.(?:localhost|local|internal|home\.arpa)$/.test(hostname);

/**
 * Why stores cannot send to this address of ours; null: they can. WooCommerce takes a `callback_url` of https only, and
 * what sends it (`wp_safe_remote_post`) knows no other ports and no private addresses. `anyAddress`: for tests and the
 * practice store, whose sender is not so strict.
 */
export function callbackFault(
  appUrl: string | undefined,
  anyAddress: boolean,
): 'app_url_missing' | 'app_url_unfit' | null {
  const url = appUrl === undefined ? null : URL.parse(appUrl);
  if (url === null) return 'app_url_missing';
  if (anyAddress) return null;
  return url.protocol === 'https:' && PORTS.has(url.port) && !isInner(url.hostname) ? null : 'app_url_unfit';
}

/**
 * The page of a store on which its owner approves. WooCommerce decodes what stands in these addresses on every hop, so
 * that nothing in them may need encoding but their own colon and slashes: the token is of `A-Z a-z 0-9 _ -`.
 */
export function authorizeUrl(storeUrl: string, appUrl: string, token: string): string {
  const query = new URLSearchParams({
    app_name: 'Bazgasht',
    scope: 'read_write',
    user_id: token,
    return_url: `${appUrl}/connect/woocommerce/done`,
    callback_url: `${appUrl}/connect/woocommerce/callback`,
  });
  return `${storeUrl}/wc-auth/v1/authorize?${query}`;
}

/**
 * The site that WordPress puts behind its name when it sends: `WordPress/7.1; https://shop.example`; null: it says none, or
 * one that only its own network knows by that name.
 */
export function siteOfAgent(agent: string | undefined): string | null {
  const [, site = ''] = /^WordPress\/[^;]{0,50};\s*(https?:\/\/\S{1,2000})\s*$/i.exec(agent ?? '') ?? [];
  return URL.canParse(site) && !isInner(new URL(site).hostname) ? site : null;
}

const nameOf = (url: string): string => new URL(url).hostname.replace(/^www\./, '');

/** Whether two addresses are of one site: by their names, with or without `www.`; ports and folders may differ. */
export const isSameSite = (a: string, b: string): boolean => nameOf(a) === nameOf(b);
