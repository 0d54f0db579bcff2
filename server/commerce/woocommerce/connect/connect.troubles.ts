import { connect } from '../../../words/en/connect.ts';
import type { Trouble } from './connect.types.ts';

/** Codes that mean the same to a merchant as another one. */
const ALIKE: Record<string, Trouble> = {
  address_refused: 'private',
  no_api: 'no_woocommerce',
  blocked: 'not_json',
  too_large: 'no_woocommerce',
  permission: 'keys_refused',
  throttled: 'unavailable',
  strange_answer: 'no_woocommerce',
};

/** What an error's code means to a merchant: `woocommerce.unreachable` → `unreachable`. */
export function troubleOf(code: string): Trouble {
  const word = code.slice(code.indexOf('.') + 1);
  if (Object.hasOwn(ALIKE, word)) return ALIKE[word] ?? 'failed';
  return Object.hasOwn(connect.troubles, word) ? (word as Trouble) : 'failed';
}
