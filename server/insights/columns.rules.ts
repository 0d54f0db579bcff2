/**
 * The counted orders of some hundred customers, packed side by side: what a number reads is a run of whole numbers, not a
 * row an order. Customers stand in slots; a customer's orders are sorted by (day, placed, platform id).
 */
export type Columns = {
  /** Slots in use. */
  customers: number;
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

/** Bytes of a chunk, each column aligned to its own width so that it can be read in place. */
export function packColumns(customers: readonly Packed[]): Buffer {
  const count = customers.length;
  const orders = customers.reduce((sum, customer) => sum + customer.orders.length, 0);
  const place = layout(count, orders);
  const buffer = new ArrayBuffer(place.end);
  new Int32Array(buffer, 0, 2).set([count, orders]);
  const columns = view(buffer, count, orders);
  let at = 0;
  customers.forEach((customer, slot) => {
    columns.starts[slot] = at;
    columns.keys[slot] = customer.key;
    for (const order of customer.orders) {
      columns.days[at] = order.day;
      columns.nets[at] = order.net;
      columns.sales[at] = order.sales;
      columns.channels[at] = order.channel;
      at += 1;
    }
  });
  columns.starts[count] = at;
  return Buffer.from(buffer);
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
    keys: new Float64Array(buffer, offset + at.keys, count),
    nets: new Float64Array(buffer, offset + at.nets, orders),
    sales: new Float64Array(buffer, offset + at.sales, orders),
    starts: new Int32Array(buffer, offset + at.starts, count + 1),
    days: new Int32Array(buffer, offset + at.days, orders),
    channels: new Uint8Array(buffer, offset + at.channels, orders),
  };
}

/** The same in plain form, for changing one customer. */
export function unpackColumns(columns: Columns): Packed[] {
  return Array.from({ length: columns.customers }, (_, slot) => {
    const orders = [];
    for (let at = columns.starts[slot] ?? 0; at < (columns.starts[slot + 1] ?? 0); at += 1) {
      orders.push({
        day: columns.days[at] ?? 0,
        net: columns.nets[at] ?? 0,
        sales: columns.sales[at] ?? 0,
        channel: columns.channels[at] ?? 0,
      });
    }
    return { key: columns.keys[slot] ?? Number.NaN, orders };
  });
}
