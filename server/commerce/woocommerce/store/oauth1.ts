import { createHmac } from 'node:crypto';

/** What a signature holds besides the request: `timestamp` in seconds; a nonce is used once. */
export type OauthMoment = {
  nonce: string;
  timestamp: number;
  /** `http:` for a store that does not know that it is asked over https; left out: the scheme of the address. */
  scheme?: string;
};
type Keys = { key: string; secret: string };

// By hand: libraries for OAuth 1.0a sign what the RFC says, WooCommerce checks what PHP makes of nested parameters.

/** RFC 3986: only letters, digits and `-._~` stay. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

type Tree = Map<string, Tree | string>;

/** `a[b][c]` → a, b, c, as PHP takes a name apart; what is no pair of brackets belongs to the name. */
function partsOf(name: string): string[] {
  const parts = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name);
  if (parts === null) return [name];
  const inner = [...(parts[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? '');
  return [parts[1] ?? '', ...inner];
}

/** The number that `a[]` takes: after the highest so far. */
const nextNumber = (tree: Tree): string =>
  String(Math.max(-1, ...[...tree.keys()].filter((key) => /^(?:0|[1-9]\d{0,8})$/.test(key)).map(Number)) + 1);

function put(tree: Tree, [first = '', ...rest]: string[], value: string): void {
  const key = first === '' ? nextNumber(tree) : first;
  if (rest.length === 0) {
    tree.set(key, value);
    return;
  }
  const known = tree.get(key);
  const branch = known instanceof Map ? known : new Map<string, Tree | string>();
  tree.set(key, branch);
  put(branch, rest, value);
}

function pairsOf(key: string, value: Tree | string): string[] {
  if (typeof value === 'string') return [encode(`${key}=${encode(value)}`)];
  return [...value].flatMap(([name, inner]) => pairsOf(`${key}%5B${name}%5D`, inner));
}

const byBytes = ([a]: [string, unknown], [b]: [string, unknown]): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));

/**
 * The text that is signed, as WooCommerce puts it together (class-wc-rest-authentication.php): names sorted by their bytes at
 * the outermost level only; what is inside of brackets stays in its order, since PHP keeps arrays in theirs.
 */
export function baseString(method: string, url: URL, scheme: string = url.protocol): string {
  const tree: Tree = new Map();
  for (const [name, value] of url.searchParams) put(tree, partsOf(name), value);
  const pairs = [...tree].sort(byBytes).flatMap(([name, value]) => pairsOf(encode(name), value));
  const place = `${scheme}//${url.host}${url.pathname}`;
  return `${method}&${encode(place)}&${pairs.join('%26')}`;
}

/**
 * The URL with the parameters of OAuth 1.0a in its query, one-legged (no token): what WooCommerce asks for where there is no
 * https. The secret itself is not sent. `URL` leaves a scheme's own port out of the host, as the rule asks.
 */
export function signedUrl(
  method: string,
  address: string,
  { key, secret }: Keys,
  { nonce, timestamp, scheme }: OauthMoment,
): string {
  const url = new URL(address);
  url.searchParams.set('oauth_consumer_key', key);
  url.searchParams.set('oauth_nonce', nonce);
  url.searchParams.set('oauth_signature_method', 'HMAC-SHA256');
  url.searchParams.set('oauth_timestamp', String(timestamp));
  const signature = createHmac('sha256', `${secret}&`)
    .update(baseString(method, url, scheme))
    .digest('base64');
  url.searchParams.set('oauth_signature', signature);
  return url.href;
}
