/** Why something that the platform is to be told has to wait: a code, and a sentence for the merchant. */
export type Waits = { code: string; reason: string };

/** What the shop's own row says of its access; `scopes`: granted ones, separated by commas, null where nobody said so far. */
export type Access = { scopes: string | null; accessRefusedAt: number | null; storeCurrency: string | null };

const NOT_INSTALLED: Waits = {
  code: 'shops.not_installed',
  reason: 'Bazgasht is not connected to this shop. It goes on by itself once it is.',
};
const REFUSED: Waits = {
  code: 'access.refused',
  reason: 'The platform no longer accepts the access that this shop gave to Bazgasht. It goes on once that is renewed.',
};
const OTHER_CURRENCY: Waits = {
  code: 'currency.changed',
  reason: 'The store sells in another currency now: what is to be given would not be worth the same there.',
};

/** The scope that came after shops had installed: what is missing without it. */
export const TAG_SCOPE = 'write_customers';
export const NO_TAG_SCOPE: Waits = {
  code: 'scopes.missing',
  reason:
    'This shop has not granted Bazgasht the permission to change customers. Tags that you change in Bazgasht wait until it has: open Bazgasht in the Shopify admin and agree to what it asks for.',
};

/** Whether a scope was granted; at Shopify writing includes reading. */
export const hasScope = (scopes: string | null, wanted: string): boolean =>
  (scopes ?? '').split(',').some((scope) => scope === wanted || scope === wanted.replace(/^read_/, 'write_'));

/** What keeps everything that the shop's platform is to be told; null: nothing. `isMoney`: it is worth an amount. */
export function waitsFor(
  state: string,
  { accessRefusedAt, storeCurrency }: Access,
  { isMoney = false }: { isMoney?: boolean } = {},
): Waits | null {
  if (state !== 'installed') return NOT_INSTALLED;
  if (accessRefusedAt !== null) return REFUSED;
  return isMoney && storeCurrency !== null ? OTHER_CURRENCY : null;
}
