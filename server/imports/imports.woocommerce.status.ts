import type { FinancialState, Refund } from '../commerce/commerce.types.ts';
import { rowError } from './imports.errors.ts';
import type { CsvRow } from './imports.types.ts';
import { cell } from './imports.values.ts';

type State = { financial: FinancialState; cancelled: boolean };

const STATES: Readonly<Record<string, State>> = {
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
const NO_ORDERS = ['checkout-draft', 'auto-draft', 'draft', 'trash'];

/**
 * What a WooCommerce status means for money. A status of a plug-in's own (`shipped`) is that of a paid order when it has
 * a date of payment, and refused otherwise.
 */
export function stateOf(row: CsvRow, paidAt: number | null): State {
  const text = cell(row, 'status');
  const status = text.toLowerCase().replace(/^wc-/, '').replaceAll(' ', '-');
  if (NO_ORDERS.includes(status))
    throw rowError(row.line, `The status is "${status}": this is no order yet, or no more.`);
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (state === undefined && paidAt === null)
    throw rowError(row.line, `The status "${text.slice(0, 60)}" is not known, and there is no date of payment.`);
  return state ?? { financial: 'paid', cancelled: false };
}

/** The money state once refunds are known; a refunded order whose refunds are not listed was refunded whole. */
export function withRefunds(
  { financial }: State,
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
