import type { CustomerState, OrderLine, OrderState } from '../commerce/commerce.types.ts';
import { canonicalJson, sha256Hex } from '../shared/canonical.ts';
import { stableLineNumber } from '../shared/stable-numbers.ts';
import { fileError, rowRefusal } from './imports.errors.ts';
import type { Cells, CsvRow, ImportedOrder } from './imports.types.ts';

/** No order has more lines; a file that repeats one id for ever must not fill the memory. */
const MAX_ROWS = 5000;

/** An order as a file tells it; its version follows from its content. */
export type DraftOrder = Omit<OrderState, 'customer' | 'version'> & {
  customer: CustomerState | null;
  /** What it says of its buyer was typed at a checkout that verifies nothing: any word of the account itself is newer. */
  hearsay?: boolean;
};

const hashOf = (value: unknown): string => sha256Hex(canonicalJson(value));

/**
 * Gives an imported order its version: dated by its own instants and not by the import, so that the same file says the
 * same again, and a delivery about the order wins.
 */
export function versioned({ hearsay = false, ...draft }: DraftOrder): OrderState {
  const { customer, ...rest } = draft;
  const said = hearsay ? { updatedAt: 0, triggeredAt: rest.placedAt } : { updatedAt: rest.placedAt, triggeredAt: 0 };
  const updatedAt = Math.max(rest.placedAt, rest.paidAt ?? 0, rest.cancelledAt ?? 0);
  const { email, phone, platformId } = customer ?? { email: null, phone: null, platformId: null };
  const known = customer !== null && (email !== null || phone !== null || platformId !== null);
  return {
    ...rest,
    customer: known ? { ...customer, version: { ...said, bodyHash: hashOf(customer) } } : null,
    version: { updatedAt, triggeredAt: 0, bodyHash: hashOf(draft) },
  };
}

/** A line item; what is not given is unknown, or nothing. */
export function lineOf(
  orderId: string,
  index: number,
  line: Pick<OrderLine, 'title' | 'quantity' | 'unitPrice'> & Partial<OrderLine>,
): OrderLine {
  return {
    platformId: stableLineNumber(orderId, index),
    productId: null,
    variantId: null,
    sku: null,
    vendor: null,
    discount: 0,
    taxIncluded: 0,
    giftCard: false,
    ...line,
  };
}

/** Unit price and discount of a line of which only the quantity and what was paid for it are known; exact. */
export function worth(
  amount: number,
  quantity: number,
  before = amount,
): Pick<OrderLine, 'quantity' | 'unitPrice' | 'discount'> {
  const count = Math.max(1, quantity);
  const unitPrice = Math.ceil(Math.max(before, amount) / count);
  return { quantity: count, unitPrice, discount: unitPrice * count - amount };
}

/** What a customer of a file is known by; the rest of them is unknown. */
export const customerOf = (
  customer: Pick<CustomerState, 'platformId' | 'email' | 'phone'> & Partial<CustomerState>,
): CustomerState => ({
  firstName: null,
  lastName: null,
  locale: null,
  country: null,
  note: null,
  registeredAt: null,
  ...customer,
});

/** Throws `imports.header` naming the columns that the file lacks. */
export function requireColumns(header: readonly string[], required: readonly string[], format: string): void {
  const missing = required.filter((column) => !header.includes(column));
  if (missing.length === 0) return;
  const found = header.slice(0, 12).join(', ').slice(0, 300);
  throw fileError(
    'header',
    `This is not a ${format} file: it has no column ${missing.join(', ')} (it begins: ${found}).`,
  );
}

type Group = {
  key: string;
  rows: CsvRow[];
  problem: { line: number; reason: string } | null;
  /** Behind its rows so far comes a row that cannot be read; it is the order's if another of its rows follows. */
  unreadable: number | null;
};

function finish(group: Group, read: (rows: [CsvRow, ...CsvRow[]]) => DraftOrder): ImportedOrder {
  const [first, ...others] = group.rows;
  if (group.problem !== null || first === undefined) return { ok: false, line: 0, reason: '', ...group.problem };
  try {
    return { ok: true, line: first.line, order: versioned(read([first, ...others])) };
  } catch (error) {
    const refusal = rowRefusal(error);
    if (refusal === null) throw error;
    return { ok: false, ...refusal };
  }
}

function join(group: Group, row: CsvRow): void {
  if (group.unreadable !== null)
    group.problem ??= {
      line: group.unreadable,
      reason: 'The order is left out because this row of it cannot be read.',
    };
  if (row.problem !== undefined) group.problem ??= { line: row.line, reason: row.problem };
  else if (group.rows.length < MAX_ROWS) group.rows.push(row);
  else group.problem ??= { line: row.line, reason: `The order has more than ${MAX_ROWS} rows.` };
}

/**
 * Puts neighbouring rows of the same order together and reads each order. An order is refused as a whole when one of its
 * rows is: half an order would be a wrong one. `keyOf` answers '' when a row does not say which order it belongs to.
 */
export async function* ordersOf(
  rows: AsyncIterable<CsvRow>,
  keyOf: (record: Cells) => string,
  read: (rows: [CsvRow, ...CsvRow[]]) => DraftOrder,
): AsyncGenerator<ImportedOrder> {
  let group: Group | null = null;
  for await (const row of rows) {
    const key = keyOf(row.record);
    if (key === '') {
      if (row.broken && group !== null)
        group.problem ??= { line: group.rows[0]?.line ?? row.line, reason: 'The file breaks off within this order.' };
      if (group !== null) group.unreadable ??= row.line;
      yield { ok: false, line: row.line, reason: row.problem ?? 'The row does not say which order it belongs to.' };
      continue;
    }
    if (group !== null && group.key !== key) {
      yield finish(group, read);
      group = null;
    }
    group ??= { key, rows: [], problem: null, unreadable: null };
    join(group, row);
  }
  if (group !== null) yield finish(group, read);
}
