import { hash } from 'node:crypto';
import { parseMinor } from '../../../shared/money.ts';
import type { Delivery, Version } from '../../commerce.types.ts';
import type { RawAmount } from '../../fields.ts';
import { refuseField } from './shopify.fields.ts';

/** Reads amounts of one payload: the `…_set` before the plain field. Null when neither is there. */
export type Cash = (set: RawAmount, plain: RawAmount, field: string) => number | null;

/** A reader of signed amounts in `currency`, in minor units. It throws DeliveryRefused for what is not an amount. */
export const signedCash =
  (what: string, currency: string): Cash =>
  (set, plain, field) => {
    const value = set ?? plain;
    if (value === null) return null;
    try {
      return parseMinor(value, currency);
    } catch {
      throw refuseField(what, field, 'an amount');
    }
  };

/** A reader of amounts that cannot be negative. */
export function cashIn(what: string, currency: string): Cash {
  const read = signedCash(what, currency);
  return (set, plain, field) => {
    const value = read(set, plain, field);
    if (value !== null && value < 0) throw refuseField(what, field, 'an amount of zero or more');
    return value;
  };
}

/** An amount that was computed; amounts too large to be exact are refused. */
export function exact(value: number, what: string, field: string): number {
  if (!Number.isSafeInteger(value)) throw refuseField(what, field, 'an amount that money can have');
  return value;
}

/** What decides which of two payloads about the same thing is newer. `updatedAt` is the platform's own time. */
export const versionOf = (delivery: Delivery, updatedAt: number): Version => ({
  updatedAt,
  triggeredAt: delivery.triggeredAt,
  bodyHash: hash('sha256', delivery.body, 'hex'),
});
