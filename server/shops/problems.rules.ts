import { hasScope, NO_TAG_SCOPE, TAG_SCOPE } from './access.rules.ts';
import type { Shop } from './shops.types.ts';

/** Something that the merchant should know of, or do something about. `message` is a sentence for them. */
export type Problem = { code: string; message: string };

export type Reading = {
  kind: string;
  state: string;
  dueAt: number | null;
  attempts: number;
  errorCode: string | null;
  reason: string | null;
};

export type Facts = {
  shop: Pick<Shop, 'platform' | 'domain' | 'state' | 'currency'>;
  /** Granted by the merchant, separated by commas; null: nobody said so far. */
  scopes: string | null;
  /** When the platform refused the shop's tokens or keys. */
  accessRefusedAt: number | null;
  storeCurrency: string | null;
  /** When the store was found to have stopped webhooks, which were then made anew. */
  webhooksStoppedAt: number | null;
  readings: readonly Reading[];
  /** What keeps what the shop owes to the world. */
  waits: readonly Problem[];
  now: number;
};

/** That webhooks were stopped is said for a day: what was missed has been read by then, but the cause may be there still. */
const SAID_MS = 86_400_000;
const STOPPED =
  'The store had stopped sending some of its webhooks, as WooCommerce does after several failures in a row. They were made anew, and what happened meanwhile is read. If this comes again, look whether a firewall of the store keeps it from sending to Bazgasht.';

const REFUSED: Record<Shop['platform'], string> = {
  shopify:
    'Shopify no longer accepts the access that this shop gave to Bazgasht. Open Bazgasht in the Shopify admin to renew it; everything goes on where it was.',
  woocommerce:
    'The store no longer accepts the keys that it gave to Bazgasht. Connect the store again at /connect/woocommerce; everything goes on where it was. Keys stop working when they are revoked, when their owner loses the role of a shop manager, when permalinks are set to "Plain", or when the server drops the Authorization header.',
};

/** Failures in a row that pass by themselves often enough. */
const PATIENCE = 3;

/** Codes by which readings say that access was refused: said once, in front. */
const ACCESS = new Set(['shopify.token_revoked', 'woocommerce.keys_refused']);

function ofReading({ kind, state, dueAt, attempts, errorCode, reason }: Reading): Problem[] {
  if (reason === null) return [];
  // Subscriptions that the platform would not make: the reading itself went well.
  if (errorCode === null) return kind === 'webhooks' ? [{ code: 'webhooks.refused', message: reason }] : [];
  const lasting = state === 'failed' || dueAt === null || attempts >= PATIENCE;
  return lasting ? [{ code: errorCode, message: reason }] : [];
}

/** What is wrong with an installed shop, the gravest first; each code once. */
export function problemsOf(facts: Facts): Problem[] {
  const { shop, scopes, accessRefusedAt, storeCurrency, webhooksStoppedAt, readings, waits, now } = facts;
  if (shop.state !== 'installed') return [];
  const found: Problem[] = [];
  if (accessRefusedAt !== null) found.push({ code: 'access.refused', message: REFUSED[shop.platform] });
  if (storeCurrency !== null && storeCurrency !== shop.currency) {
    const message = `The store sells in ${storeCurrency} now. Bazgasht goes on counting in ${shop.currency}, in which this shop began: orders in ${storeCurrency} are not counted. Set the store back to ${shop.currency}, or ask your operator.`;
    found.push({ code: 'currency.changed', message });
  }
  if (shop.platform === 'shopify' && scopes !== null && !hasScope(scopes, TAG_SCOPE))
    found.push({ code: NO_TAG_SCOPE.code, message: NO_TAG_SCOPE.reason });
  if (webhooksStoppedAt !== null && now - webhooksStoppedAt < SAID_MS)
    found.push({ code: 'webhooks.mended', message: STOPPED });
  for (const problem of [...readings.flatMap(ofReading), ...waits]) {
    const said = accessRefusedAt !== null && ACCESS.has(problem.code);
    if (!said && !found.some(({ code }) => code === problem.code)) found.push(problem);
  }
  return found;
}
