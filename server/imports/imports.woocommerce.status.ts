import { meaningOf, type StatusMeaning, statusName } from '../commerce/woocommerce/reading/woocommerce.status.rules.ts';
import { rowError } from './imports.errors.ts';
import type { CsvRow } from './imports.types.ts';
import { cell } from './imports.values.ts';

/** What the status of a row means for money, by the rule that holds for deliveries, too; one that says nothing is refused. */
export function stateOf(row: CsvRow, paidAt: number | null): StatusMeaning {
  const text = cell(row, 'status');
  const status = statusName(text);
  const meaning = meaningOf(status, paidAt);
  if (meaning === 'draft' || meaning === 'trash')
    throw rowError(row.line, `The status is "${status}": this is no order yet, or no more.`);
  if (meaning === 'unknown')
    throw rowError(row.line, `The status "${text.slice(0, 60)}" is not known, and there is no date of payment.`);
  return meaning;
}
