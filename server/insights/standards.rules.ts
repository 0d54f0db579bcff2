import type { Columns } from './columns.rules.ts';
import { type Silence, silenceOf } from './lifecycle.rules.ts';
import { quantileCuts } from './rfm.rules.ts';

/** What a shop's customers are like: by this one of them is measured. */
export type Standards = {
  silence: Silence;
  /** Quintile cuts of orders, and of net revenue in minor units, of everybody who bought; zeros where nobody did. */
  orders: number[];
  revenue: number[];
  customers: number;
};

/** The standards of a shop on a day (a whole day number). */
export function standardsOf(chunks: readonly Columns[], today: number): Standards {
  const most = chunks.reduce((sum, { customers }) => sum + customers, 0);
  const orders = new Float64Array(most);
  const revenue = new Float64Array(most);
  let buyers = 0;
  for (const { customers, starts, nets } of chunks) {
    for (let slot = 0; slot < customers; slot += 1) {
      const begin = starts[slot] as number;
      const end = starts[slot + 1] as number;
      if (end === begin) continue;
      let sum = 0;
      for (let at = begin; at < end; at += 1) sum += nets[at] as number;
      orders[buyers] = end - begin;
      revenue[buyers] = sum;
      buyers += 1;
    }
  }
  return {
    silence: silenceOf(chunks, today),
    orders: quantileCuts(orders.subarray(0, buyers).sort()),
    revenue: quantileCuts(revenue.subarray(0, buyers).sort()),
    customers: buyers,
  };
}
