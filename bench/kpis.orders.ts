// The shop of the numbers' benchmark: customers who come over three years and buy some five times, from a fixed seed.

/** One entry an order; days counted from 1970-01-01, amounts in minor units, customers counted from 0. */
export type RawOrders = {
  count: number;
  customers: number;
  customer: Int32Array;
  day: Int32Array;
  net: Float64Array;
  sales: Float64Array;
  channel: Uint8Array;
};

const FIRST_DAY = 18_993; // 2022-01-01
const DAYS = 1_461;
export const BENCH_FROM = '2022-01-01';
export const BENCH_TO = '2025-12-31';

/** A generator of numbers from 0 to 1 (Park and Miller), the same on every run. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * Orders of `customers` customers, five each on average, in the order of customers. First orders spread over three years,
 * gaps are exponential with a mean of 75 days, nine tenths are bought online.
 */
export function makeOrders(customers: number): RawOrders {
  const next = random(20_260_321);
  const exponential = (mean: number): number => -Math.log(1 - next()) * mean;
  const room = customers * 8;
  const orders: RawOrders = {
    count: 0,
    customers,
    customer: new Int32Array(room),
    day: new Int32Array(room),
    net: new Float64Array(room),
    sales: new Float64Array(room),
    channel: new Uint8Array(room),
  };
  for (let customer = 0; customer < customers; customer += 1) {
    const wanted = 1 + Math.floor(exponential(5.6));
    let day = FIRST_DAY + Math.floor(next() * 1_096);
    for (let n = 0; n < wanted && day < FIRST_DAY + DAYS && orders.count < room; n += 1) {
      const at = orders.count;
      orders.customer[at] = customer;
      orders.day[at] = day;
      orders.net[at] = 100 + Math.floor(exponential(5_000));
      orders.sales[at] = Math.floor((orders.net[at] as number) * 0.85);
      orders.channel[at] = next() < 0.9 ? 0 : 1;
      orders.count += 1;
      day += Math.floor(exponential(75));
    }
  }
  return orders;
}
