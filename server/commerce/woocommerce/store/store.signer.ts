import { randomBytes } from 'node:crypto';
import { signedUrl } from './oauth1.ts';
import type { StoreKeys, StoreRequest, StoreResponse } from './store.types.ts';
import type { Way } from './store.ways.ts';
import type { WooDeps } from './woocommerce.deps.ts';

/** What WooCommerce lets a signature be off by is fifteen minutes. */
const MAX_SKEW_MS = 10 * 60_000;

/** Shows a store its keys, and learns how far its clock is off. */
export function createSigner({ realClock }: Pick<WooDeps, 'realClock'>, keys: StoreKeys) {
  const basic = `Basic ${Buffer.from(`${keys.key}:${keys.secret}`).toString('base64')}`;
  /** How far the store's clock is ahead of ours, in ms, where signatures showed that it matters. */
  let skew = 0;
  /** Over http keys would be read on the way: there they only sign. */
  const inHeader = (to: URL, way: Way): boolean => to.protocol === 'https:' && way === 'basic';
  return {
    /** The address to call, and what goes into the header. */
    show(to: URL, method: StoreRequest['method'], way: Way): { url: string; headers: Record<string, string> } {
      if (inHeader(to, way)) return { url: to.href, headers: { authorization: basic } };
      const timestamp = Math.floor((realClock.now() + skew) / 1000);
      const scheme = way === 'signed-as-http' ? 'http:' : to.protocol;
      const nonce = randomBytes(16).toString('hex');
      return { url: signedUrl(method, to.href, keys, { nonce, timestamp, scheme }), headers: {} };
    },
    /** Whether the store's clock may be why it refused what was signed; from then on its time is signed. */
    clockDiffers({ status, headers }: StoreResponse, at: URL, way: Way): boolean {
      if (status !== 401 || inHeader(at, way)) return false;
      const ahead = Date.parse(headers.date ?? '') - realClock.now();
      if (Number.isNaN(ahead) || Math.abs(ahead - skew) < MAX_SKEW_MS) return false;
      skew = ahead;
      return true;
    },
  };
}
