/**
 * The counted orders of some hundred customers, packed side by side: what a number reads is a run of whole numbers, not a
 * row an order. Customers stand in slots; a customer's orders are sorted by (day, placed, platform id).
 * By hand: column formats of libraries are read into tables of their own first, where these bytes are the arrays that are scanned.
 */
export type Columns = {
  /** Slots in use. */
  customers: number;
  /** Orders in all slots. */
  orders: number;
  /** `starts[i]` … `starts[i + 1]` are the orders of slot i. */
  starts: Int32Array;
  /** Each customer's numeric platform id, for ties that go by it; NaN without one. */
  keys: Float64Array;
  /** Local days, counted from 1970-01-01. */
  days: Int32Array;
  /** Net revenue in minor units. */
  nets: Float64Array;
  /** Net sales (goods after discounts, without tax and shipping, less goods given back) in minor units. */
  sales: Float64Array;
  /** Which channel, by the shop's list of channels. */
  channels: Uint8Array;
};

/** One customer's part of a chunk, in plain form. */
export type Packed = { key: number; orders: { day: number; net: number; sales: number; channel: number }[] };

const HEADER = 16;
const NOBODY: Packed = { key: Number.NaN, orders: [] };

/** The bytes of a chunk: two counts, then each column, widest first, so that it can be read in place. */
export const packColumns = (customers: readonly Packed[]): Buffer =>
  spliceColumns(readColumns(Buffer.alloc(HEADER + 8)), new Map(customers.entries()));

/**
 * The bytes of a chunk with some slots replaced; slots beyond the end are appended, gaps between them stay empty. The rest
 * is copied in runs, since most of a chunk stays as it is.
 */
export function spliceColumns(old: Columns, slots: ReadonlyMap<number, Packed>): Buffer {
  const count = Math.max(old.customers, 1 + Math.max(-1, ...slots.keys()));
  let orders = old.orders;
  for (const [slot, packed] of slots) orders += packed.orders.length - sizeOf(old, slot);
  const buffer = new ArrayBuffer(layout(count, orders).end);
  new Int32Array(buffer, 0, 2).set([count, orders]);
  const next = view(buffer, count, orders);
  let at = 0;
  for (let slot = 0; slot < count; ) {
    const packed = slots.get(slot) ?? (slot >= old.customers ? NOBODY : undefined);
    if (packed) {
      at = place(next, slot, packed, at);
      slot += 1;
    } else {
      let end = slot + 1;
      while (end < old.customers && !slots.has(end)) end += 1;
      at = copy(old, next, slot, end, at);
      slot = end;
    }
  }
  next.starts[count] = at;
  return Buffer.from(buffer);
}

const sizeOf = ({ starts, customers }: Columns, slot: number): number =>
  slot < customers ? (starts[slot + 1] as number) - (starts[slot] as number) : 0;

/** Writes one customer at order `at`; returns where the next begins. */
function place(columns: Columns, slot: number, packed: Packed, at: number): number {
  columns.starts[slot] = at;
  columns.keys[slot] = packed.key;
  let next = at;
  for (const order of packed.orders) {
    columns.days[next] = order.day;
    columns.nets[next] = order.net;
    columns.sales[next] = order.sales;
    columns.channels[next] = order.channel;
    next += 1;
  }
  return next;
}

/** Copies the slots `from` … `to` − 1 as they are. */
function copy(old: Columns, columns: Columns, from: number, to: number, at: number): number {
  const begin = old.starts[from] as number;
  const end = old.starts[to] as number;
  for (const name of ['days', 'nets', 'sales', 'channels'] as const) {
    columns[name].set(old[name].subarray(begin, end) as never, at);
  }
  columns.keys.set(old.keys.subarray(from, to), from);
  for (let slot = from; slot < to; slot += 1) columns.starts[slot] = (old.starts[slot] as number) - begin + at;
  return at + end - begin;
}

/** A chunk's columns, read in place where the bytes are aligned. */
export function readColumns(bytes: Uint8Array): Columns {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes);
  const buffer = aligned.buffer as ArrayBuffer;
  const [count = 0, orders = 0] = new Int32Array(buffer, aligned.byteOffset, 2);
  return view(buffer, count, orders, aligned.byteOffset);
}

function layout(count: number, orders: number) {
  const keys = HEADER;
  const nets = keys + count * 8;
  const sales = nets + orders * 8;
  const starts = sales + orders * 8;
  const days = starts + (count + 1) * 4;
  const channels = days + orders * 4;
  return { keys, nets, sales, starts, days, channels, end: channels + orders };
}

function view(buffer: ArrayBuffer, count: number, orders: number, offset = 0): Columns {
  const at = layout(count, orders);
  return {
    customers: count,
    orders,
    keys: new Float64Array(buffer, offset + at.keys, count),
    nets: new Float64Array(buffer, offset + at.nets, orders),
    sales: new Float64Array(buffer, offset + at.sales, orders),
    starts: new Int32Array(buffer, offset + at.starts, count + 1),
    days: new Int32Array(buffer, offset + at.days, orders),
    channels: new Uint8Array(buffer, offset + at.channels, orders),
  };
}
