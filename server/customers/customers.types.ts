import type { Channel, ConsentState } from '../commerce/commerce.types.ts';

export type IdentityKind = 'platform' | 'email' | 'phone';

/** A customer's row. Null contact fields: unknown, or erased. */
export type CustomerRow = {
  shopId: number;
  id: string;
  platformId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  locale: string | null;
  country: string | null;
  note: string | null;
  registeredAt: number | null;
  updatedAt: number;
  triggeredAt: number;
  bodyHash: string;
  saidAt: Record<string, string> | null;
  createdAt: number;
  deletedAt: number | null;
  erasedAt: number | null;
  mergedInto: string | null;
  mergedAt: number | null;
};

export type ConsentRow = {
  customerId: string;
  channel: Channel;
  state: ConsentState;
  at: number;
  source: string;
  evidence: string | null;
};
