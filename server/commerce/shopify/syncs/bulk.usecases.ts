import { readable, takeIn } from '../../../intake/take-in.usecases.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import type { Next } from '../../../syncs/run.usecases.ts';
import { askReread, noteSync, type SyncRow } from '../../../syncs/syncs.usecases.ts';
import type { Hold } from '../../../work/leased.engine.ts';
import type { Change } from '../../commerce.types.ts';
import { toInstant } from '../../fields.ts';
import type { Admin } from '../admin/admin.ts';
import { openBulkFile } from '../admin/bulk.file.ts';
import { type BulkObject, bulkObjects } from '../admin/bulk.lines.ts';
import type { ShopifyDeps } from '../connect/shopify.deps.ts';
import {
  BulkCustomers,
  BulkOperations,
  BulkOrders,
  BulkRun,
  BulkStatus,
  type BulkStatusQuery,
} from '../operations.generated.ts';
import { idOfGid } from '../reading/shopify.fields.ts';
import {
  type CustomerNode,
  customerChanges,
  type LineNode,
  type OrderNode,
  orderChanges,
  type ShippingNode,
} from '../reading/shopify.graphql.ts';
import { refusedCall, unavailable } from '../shopify.errors.ts';

type Status = NonNullable<BulkStatusQuery['bulkOperation']>;
type Work = { deps: ShopifyDeps; admin: Admin; shop: Shop; row: SyncRow; hold: Hold<SyncRow> };

/** Objects in one transaction: well under 50 ms with all that follows from them. */
const BATCH = 40;
const POLLS = 5;
const POLL_MS = 2_000;
const LATER_MS = 20_000;
const BUSY_MS = 60_000;

const note = ({ row, hold }: Work, change: Partial<SyncRow>) =>
  takeIn(hold, [], (scope) => noteSync(scope, row.kind, change));

const queryOf = ({ row }: Work): string => (row.kind === 'customers' ? BulkCustomers.text : BulkOrders.text);
const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

/**
 * All customers, or all orders, of a shop by a bulk operation: asked for, waited for, read line by line. Each step is kept
 * in the row, each batch with its effects in one transaction, so that it goes on after a crash where it was.
 * @throws AppError as Admin.run does
 */
export async function readHistory(work: Work, enough: () => boolean): Promise<Next> {
  const { row } = work;
  if (row.operationId === null) {
    const asked = await ask(work);
    if (asked === null) return { inMs: BUSY_MS };
    return readHistory({ ...work, row: { ...row, ...asked } }, enough);
  }
  const status = await finished(work, row.operationId, enough);
  if (status === null) return { inMs: LATER_MS };
  if (status.status !== 'COMPLETED') {
    await note(work, { operationId: null, position: 0, state: 'waiting' });
    throw unavailable('Shopify could not make its file.', {
      details: { status: status.status, code: status.errorCode },
    });
  }
  if (status.url === null) return null;
  return load(work, { ...status, url: status.url }, enough);
}

/** Starts the operation, or finds the one that was started before a crash. Null: Shopify is busy with another. */
async function ask(work: Work): Promise<Pick<SyncRow, 'operationId' | 'askedAt' | 'state'> | null> {
  const { deps, admin, row } = work;
  const query = queryOf(work);
  const known = await admin.run(BulkOperations, { query: 'operation_type:query' });
  const mine = known.bulkOperations.nodes.find(
    ({ status, query: text, createdAt }) =>
      ['CREATED', 'RUNNING', 'COMPLETED'].includes(status) &&
      squeezed(text) === squeezed(query) &&
      (toInstant(createdAt) ?? 0) >= row.startedAt,
  );
  const askedAt = mine ? (toInstant(mine.createdAt) ?? row.startedAt) : deps.clock.now();
  const operationId = mine ? mine.id : await start(admin, query);
  if (operationId === null) return null;
  const asked = { operationId, askedAt, state: 'asked' as const };
  await note(work, asked);
  return asked;
}

async function start(admin: Admin, query: string): Promise<string | null> {
  const { bulkOperationRunQuery: made } = await admin.run(BulkRun, { query });
  if (made?.bulkOperation) return made.bulkOperation.id;
  const said = made?.userErrors.map(({ message }) => message).join(' ') ?? '';
  if (/already in progress/i.test(said)) return null;
  throw refusedCall(said.slice(0, 200));
}

/** The operation once it has ended; null while it runs. */
async function finished(work: Work, id: string, enough: () => boolean): Promise<Status | null> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    if (poll > 0) await work.deps.sleep(POLL_MS);
    const { bulkOperation } = await work.admin.run(BulkStatus, { id });
    if (!bulkOperation) throw refusedCall('it no longer knows the file it was asked for.');
    if (!['CREATED', 'RUNNING', 'CANCELING'].includes(bulkOperation.status)) return bulkOperation;
    if (enough()) return null;
  }
  return null;
}

async function load(work: Work, status: Status & { url: string }, enough: () => boolean): Promise<Next> {
  const { deps, row } = work;
  const size = status.fileSize === null ? null : Number(status.fileSize);
  const stream = await openBulkFile(deps.platform, status.url, { from: row.position, size, timeoutMs: deps.timeoutMs });
  const place = { ...row, state: 'loading' as const, total: Number(status.rootObjectCount) };
  let batch: BulkObject[] = [];
  const flush = async (): Promise<boolean> => {
    const done = await takeBatch({ ...work, row: place }, batch);
    batch = [];
    return done;
  };
  for await (const object of bulkObjects(stream, row.position)) {
    batch.push(object);
    if (batch.length < BATCH) continue;
    if (!(await flush())) return null;
    if (enough()) return { inMs: 0 };
  }
  await flush();
  return null;
}

/** One batch with how far it goes. The row in hand is moved along with the one that is stored. */
async function takeBatch(work: Work, batch: BulkObject[]): Promise<boolean> {
  const { row, hold } = work;
  const things: Change[][] = [];
  const rereads: string[] = [];
  for (const object of batch) {
    const read = row.kind === 'customers' ? customerOf(work, object) : orderOf(work, object);
    if (read === null) row.refused += 1;
    else if (typeof read === 'string') rereads.push(read);
    else things.push(read);
    if (read !== null) row.count += 1;
    row.position = object.end;
  }
  const { state, total, position, count, refused } = row;
  return takeIn(hold, things, async (scope) => {
    for (const id of rereads) await askReread(scope, id, row.askedAt ?? scope.now);
    await noteSync(scope, row.kind, {
      state,
      total,
      position,
      count,
      refused,
      attempts: 0,
      errorCode: null,
      reason: null,
    });
  });
}

function customerOf({ deps, shop, row }: Work, { root }: BulkObject): Change[] | null {
  const node = root as CustomerNode;
  return readable(deps, shop.id, node.id, () => customerChanges(node, row.askedAt ?? row.startedAt, shop));
}

/** An order; only its id where its refunds have to be read too. */
function orderOf({ deps, shop, row }: Work, { root, children }: BulkObject): Change[] | string | null {
  const order = root as OrderNode;
  if (order.refunds?.length > 0) return idOfGid(order.id);
  // By what they carry: a shipping line may have no id.
  const having = <T extends object>(field: keyof T): T[] =>
    children.filter((child): child is T => typeof child === 'object' && child !== null && field in child);
  const lines = having<LineNode>('originalUnitPriceSet');
  const parts = { order, lines, shipping: having<ShippingNode>('originalPriceSet'), refunds: [] };
  return readable(deps, shop.id, order.id, () => orderChanges(parts, row.askedAt ?? row.startedAt, shop));
}
