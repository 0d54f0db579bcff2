import { createHmac } from 'node:crypto';
import { secretToken } from '../../shared/ids.ts';
import { signJwt } from '../../shared/jwt.ts';

type Signer = { domain: string; apiKey: string; apiSecret: string };

/**
 * A session token as App Bridge gets it from Shopify's admin: a JWT, HS256 over the app's secret. Valid for an hour of
 * real time, where Shopify's last a minute: scripts hold on to one.
 * @param now real time in ms
 */
export function sessionToken({ domain, apiKey, apiSecret }: Signer, now: number): Promise<string> {
  const second = Math.floor(now / 1000);
  const claims = {
    iss: `https://${domain}/admin`,
    dest: `https://${domain}`,
    aud: apiKey,
    sub: '1',
    exp: second + 3600,
    nbf: second - 5,
    iat: second - 5,
    jti: secretToken(16),
    sid: secretToken(24),
  };
  return signJwt(claims, apiSecret);
}

/**
 * The query with which Shopify's app proxy passes a request on: what the shopper sent, the shop, who is logged in (empty:
 * nobody) and a signature over all of it, sorted and joined without separators.
 * @param now real time in ms
 */
export function proxyQuery(
  { domain, apiSecret }: Pick<Signer, 'domain' | 'apiSecret'>,
  { customer, query, now }: { customer: string; query: Iterable<[string, string]>; now: number },
): URLSearchParams {
  const values = new Map<string, string[]>();
  for (const [name, value] of query) values.set(name, [...(values.get(name) ?? []), value]);
  values.set('shop', [domain]);
  values.set('path_prefix', ['/apps/bazgasht']);
  values.set('timestamp', [String(Math.floor(now / 1000))]);
  values.set('logged_in_customer_id', [customer]);
  values.delete('signature');
  const message = [...values]
    .map(([name, all]) => `${name}=${all.join(',')}`)
    .sort()
    .join('');
  const signed = new URLSearchParams();
  for (const [name, all] of values) for (const value of all) signed.append(name, value);
  signed.set('signature', createHmac('sha256', apiSecret).update(message).digest('hex'));
  return signed;
}
