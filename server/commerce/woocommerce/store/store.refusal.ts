import type { AppError } from '../../../shared/errors.ts';
import { jsonOf } from './store.answer.ts';
import type { StoreKeys } from './store.types.ts';
import type { WooDeps } from './woocommerce.deps.ts';
import { headerStripped, keysRefused } from './woocommerce.errors.ts';

const TIMEOUT_MS = 8_000;
/** One order's id. */
const MAX_BYTES = 256 * 1024;

/**
 * Why a store refused keys that it gave a moment ago, for its owner: WooCommerce takes them from the query of an https
 * address too, so that keys which work there and nowhere else never arrived. Asked once, when a store is connected: a query
 * is written into logs, so that nothing goes on in that way. Over http nothing is asked.
 * @returns woocommerce.header_stripped or woocommerce.keys_refused
 */
export async function explainRefusal(
  { fetch }: Pick<WooDeps, 'fetch'>,
  { url, keys }: { url: string; keys: StoreKeys },
): Promise<AppError> {
  if (!url.startsWith('https:')) return keysRefused();
  const query = new URLSearchParams({
    per_page: '1',
    _fields: 'id',
    consumer_key: keys.key,
    consumer_secret: keys.secret,
  });
  try {
    const { status, body } = await fetch({
      method: 'GET',
      url: `${url}/wp-json/wc/v3/orders?${query}`,
      headers: { accept: 'application/json' },
      body: null,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    });
    return status === 200 && Array.isArray(jsonOf(body)) ? headerStripped() : keysRefused();
  } catch {
    // What is wrong with the way there was said by the call that was refused.
    return keysRefused();
  }
}
