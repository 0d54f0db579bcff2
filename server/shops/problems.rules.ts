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
  /** When the platform refused the shop's tokens or keys. */
  accessRefusedAt: number | null;
  storeCurrency: string | null;
  readings: readonly Reading[];
};

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
  // Subscriptions that were mended, or that the platform would not make: the reading itself went well.
  if (errorCode === null) return kind === 'webhooks' ? [{ code: 'webhooks.mended', message: reason }] : [];
  const lasting = state === 'failed' || dueAt === null || attempts >= PATIENCE;
  return lasting ? [{ code: errorCode, message: reason }] : [];
}

/** What is wrong with an installed shop, the gravest first; each code once. */
export function problemsOf({ shop, accessRefusedAt, storeCurrency, readings }: Facts): Problem[] {
  if (shop.state !== 'installed') return [];
  const found: Problem[] = [];
  if (accessRefusedAt !== null) found.push({ code: 'access.refused', message: REFUSED[shop.platform] });
  if (storeCurrency !== null && storeCurrency !== shop.currency) {
    const message = `The store sells in ${storeCurrency} now. Bazgasht goes on counting in ${shop.currency}, in which this shop began: orders in ${storeCurrency} are not counted. Set the store back to ${shop.currency}, or ask your operator.`;
    found.push({ code: 'currency.changed', message });
  }
  for (const problem of readings.flatMap(ofReading)) {
    const said = accessRefusedAt !== null && ACCESS.has(problem.code);
    if (!said && !found.some(({ code }) => code === problem.code)) found.push(problem);
  }
  return found;
}
