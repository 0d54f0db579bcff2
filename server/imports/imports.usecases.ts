import type { OrderState, ShopContext } from '../commerce/commerce.types.ts';
import { distinctCounter } from './imports.distinct.ts';
import { openOrders } from './imports.formats.ts';
import type { ImportFormat, ReadProgress } from './imports.types.ts';

/** What an import needs of the rest of the app. */
export type ImportDeps = {
  shop: ShopContext;
  /**
   * Writes one batch in one transaction and says how many of the orders were new; `ms` is how long the transaction took
   * without waiting for its turn, where that is known.
   */
  record(
    orders: OrderState[],
    options: { earns: boolean },
  ): Promise<{ created: number; unchanged: number; ms?: number }>;
};

export type ImportOptions = {
  file: string;
  format: ImportFormat;
  /** Whether imported orders may earn points; history does not. */
  earns: boolean;
  /** Reads and checks everything, records nothing. */
  dryRun: boolean;
  onProgress?: (progress: ReadProgress) => void;
};

export type ImportReport = {
  /** Data rows read, refused ones too. */
  rows: number;
  /** Distinct orders made of them. */
  orders: number;
  created: number;
  unchanged: number;
  /** Rows and orders that were not taken; the first of them are in `refusals`. */
  refused: number;
  refusals: { line: number; reason: string }[];
  seconds: number;
  peakMemoryMb: number;
};

const MAX_REFUSALS = 100;
/** Transactions must end within 50 ms, so that an app on the same SQLite file can write in between. */
const TARGET_MS = 40;
const MAX_ORDERS = 500;
/** What a batch costs: an order with its customer about as much as two of its lines. */
const ORDER_COST = 2;
const FIRST_COST = 150;
/** Some twenty orders: below that a transaction is made of the disk's time and of waiting, and smaller ones only add to it. */
const MIN_COST = 60;
const MAX_COST = 1500;

/** How much the next transaction may hold, from what the last one held and how long it took. */
export function nextCost(limit: number, cost: number, ms: number): number {
  if (ms > TARGET_MS) return Math.min(limit, Math.max(MIN_COST, Math.floor((cost * TARGET_MS * 0.8) / ms)));
  // A batch that was not full, the last of a file or before a very large order, says little about a full one.
  if (cost * 2 <= limit || ms > TARGET_MS * 0.8) return limit;
  return Math.min(MAX_COST, Math.ceil(limit * (ms < TARGET_MS / 2 ? 1.5 : 1.1)));
}

const nextTurn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Collects orders and records them in batches that take about as long as one transaction may. */
function batchRecorder({ record }: ImportDeps, { earns, dryRun }: ImportOptions) {
  const totals = { created: 0, unchanged: 0 };
  let batch: OrderState[] = [];
  let cost = 0;
  let limit = FIRST_COST;
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const orders = batch;
    batch = [];
    if (!dryRun) {
      const began = performance.now();
      const { created, unchanged, ms } = await record(orders, { earns });
      limit = nextCost(limit, cost, ms ?? performance.now() - began);
      totals.created += created;
      totals.unchanged += unchanged;
    }
    cost = 0;
    await nextTurn();
  };
  return {
    totals,
    flush,
    /** Whether a batch was recorded. */
    async add(order: OrderState): Promise<boolean> {
      batch.push(order);
      cost += ORDER_COST + order.lines.length;
      if (cost < limit && batch.length < MAX_ORDERS) return false;
      await flush();
      return true;
    },
  };
}

/**
 * Brings the orders of a file into a shop. A row that cannot be read is refused with its line and the rest goes on; what
 * is there already stays as it is, so that importing again adds nothing. Throws `imports.missing`, `imports.unreadable`
 * or `imports.header` before anything is recorded.
 */
export async function importOrders(deps: ImportDeps, options: ImportOptions): Promise<ImportReport> {
  const began = performance.now();
  const { orders, progress } = await openOrders(options.file, deps.shop, options.format);
  const recorder = batchRecorder(deps, options);
  const distinct = distinctCounter();
  const refusals: ImportReport['refusals'] = [];
  let refused = 0;
  for await (const result of orders) {
    if (!result.ok) {
      refused += 1;
      if (refusals.length < MAX_REFUSALS) refusals.push({ line: result.line, reason: result.reason });
      continue;
    }
    distinct.add(result.order.platformId);
    if (await recorder.add(result.order)) options.onProgress?.(progress());
  }
  await recorder.flush();
  options.onProgress?.(progress());
  return {
    rows: progress().rows,
    orders: distinct.count(),
    ...recorder.totals,
    refused,
    refusals,
    seconds: Math.round(performance.now() - began) / 1000,
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
