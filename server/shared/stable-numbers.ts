import { sha256Hex } from './canonical.ts';

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
