import type { FinancialState, Refund } from '../../commerce.types.ts';

/** What a WooCommerce status means for money. */
export type StatusMeaning = { financial: FinancialState; cancelled: boolean };

const STATES: Readonly<Record<string, StatusMeaning>> = {
  processing: { financial: 'paid', cancelled: false },
  completed: { financial: 'paid', cancelled: false },
  refunded: { financial: 'refunded', cancelled: false },
  cancelled: { financial: 'voided', cancelled: true },
  canceled: { financial: 'voided', cancelled: true },
  pending: { financial: 'pending', cancelled: false },
  'pending-payment': { financial: 'pending', cancelled: false },
  'on-hold': { financial: 'pending', cancelled: false },
  failed: { financial: 'pending', cancelled: false },
};
/** A cart that the checkout keeps, or an order that somebody is still typing in the admin. */
const DRAFTS: readonly string[] = ['checkout-draft', 'auto-draft', 'draft'];

/** One spelling of a status: exports write `wc-on-hold` and `On hold`. */
export const statusName = (text: string): string => text.trim().toLowerCase().replace(/^wc-/, '').replaceAll(' ', '-');

/**
 * What a status (as `statusName` spells it) says: money and cancellation, or that there is no order yet (`draft`) or no
 * more (`trash`). A status of a plug-in's own (`shipped`) is that of a paid order when it has a date of payment, and
 * `unknown` otherwise.
 */
export function meaningOf(status: string, paidAt: number | null): StatusMeaning | 'draft' | 'trash' | 'unknown' {
  if (DRAFTS.includes(status)) return 'draft';
  if (status === 'trash') return 'trash';
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (state !== undefined) return state;
  return paidAt === null ? 'unknown' : { financial: 'paid', cancelled: false };
}

/** The money state once refunds are known; a refunded order whose refunds are not listed was refunded whole. */
export function withRefunds(
  { financial }: Pick<StatusMeaning, 'financial'>,
  listed: Refund[],
  { orderId, at, total }: { orderId: string; at: number; total: number },
): { financial: FinancialState; refunds: Refund[] } {
  const sum = listed.reduce((amount, refund) => amount + refund.amount, 0);
  if (financial === 'refunded' && sum === 0 && total > 0)
    return { financial, refunds: [{ platformId: `${orderId}/refund`, at, amount: total, lines: [] }] };
  if (financial === 'paid' && sum > 0)
    return { financial: sum < total ? 'partially_refunded' : 'refunded', refunds: listed };
  return { financial, refunds: listed };
}
