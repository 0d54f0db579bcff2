import { sha256Hex } from '../shared/canonical.ts';

/** 2^51: made numbers lie between it and 2^52, far above the ids that shops give out one by one. */
const MADE = 1n << 51n;
const CANONICAL = /^[1-9]\d{0,15}$/;

/**
 * The one number that stands for an order id of a file, as decimal text. Platforms number their orders, files need not:
 * an id that is a plain whole number up to 2^53 − 1 stands for itself; any other text becomes the first 52 bits of its
 * SHA-256 with the highest of them set, so that it lies in [2^51, 2^52), exact in a JSON number and out of the way of
 * small real ids. Same text, same number, in every file and on every machine.
 */
export function stableOrderNumber(orderId: string): string {
  if (CANONICAL.test(orderId) && Number.isSafeInteger(Number(orderId))) return orderId;
  return String(BigInt(`0x${sha256Hex(orderId).slice(0, 13)}`) | MADE);
}

/** The stable number of an order's n-th line item, counted from 0. */
export const stableLineNumber = (orderId: string, index: number): string => stableOrderNumber(`${orderId}/${index}`);

/**
 * Splits a whole amount among weights exactly: each share is its part rounded down, and what is left goes one by one to
 * the largest remainders, the earlier first. Without any weight the first takes all. No share exceeds its weight unless
 * the amount exceeds them all.
 */
export function allocate(amount: number, weights: readonly number[]): number[] {
  if (amount === 0 || weights.length === 0) return weights.map(() => 0);
  const sum = weights.reduce((total, weight) => total + BigInt(weight), 0n);
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? amount : 0));
  const parts = weights.map((weight, index) => {
    const exact = BigInt(amount) * BigInt(weight);
    return { index, share: Number(exact / sum), rest: exact % sum };
  });
  let left = amount - parts.reduce((total, { share }) => total + share, 0);
  const byRest = [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1));
  for (const part of byRest) {
    if (left === 0) break;
    part.share += 1;
    left -= 1;
  }
  return parts.map(({ share }) => share);
}
