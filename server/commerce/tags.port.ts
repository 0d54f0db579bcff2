import type { Refused } from './writing.port.ts';

/** A tag on a customer, whom the platform's id names. */
export type CustomerTag = { customer: string; tag: string };

/** The customer tags of one shop's platform. Every call is ended by its signal. Throws NotSent where surely nothing was done; else nobody knows. */
export type CustomerTags = {
  /** Puts the tag on or takes it off; where it is so already nothing happens. */
  set(tag: CustomerTag & { present: boolean }, signal: AbortSignal): Promise<{ outcome: 'set' } | Refused>;
  /** Whether the customer has it; null: there is no such customer. */
  has(tag: CustomerTag, signal: AbortSignal): Promise<boolean | null>;
};
