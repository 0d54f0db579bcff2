import type { OrderState, Refund } from '../commerce.types.ts';

/**
 * All that leaves the process for Shopify goes through `fetch`; here it is answered inside of the process. The same shape
 * as the real platform's.
 */
export type SandboxPlatform = {
  apiKey: string;
  apiSecret: string;
  scopes: string[];
  appUrl: string;
  fetch: typeof fetch;
};

/** An account in the store. Guests have none: their contact is on their orders only. */
export type SandboxCustomer = {
  id: string;
  email: string;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  createdAt: number;
  updatedAt: number;
  marketing: boolean;
  marketingAt: number | null;
  /** `YYYY-MM-DD`, kept as Shopify does in the metafield facts.birth_date. */
  birthday: string | null;
};

/** An order as the store keeps it: the neutral state, from which payloads and GraphQL answers are made. */
export type SandboxOrder = OrderState;

export type SandboxLine = { product: string; quantity: number };

export type SandboxCheckout = {
  token: string;
  email: string | null;
  phone: string | null;
  marketing: boolean;
  lines: SandboxLine[];
  createdAt: number;
  updatedAt: number;
  completedAt: number | null;
  orderId: string | null;
};

/** A webhook that is owed: the bytes stay the same however often it is sent. */
export type SandboxDelivery = { id: string; topic: string; body: string; triggeredAt: number };

/** What happened in the store; each platform has webhooks of its own for it. */
export type Happening =
  | { kind: 'account'; customer: SandboxCustomer; isNew: boolean }
  | { kind: 'consent'; customer: SandboxCustomer }
  | { kind: 'checkout'; checkout: SandboxCheckout; customer: SandboxCustomer | undefined }
  | { kind: 'placed'; order: SandboxOrder }
  | { kind: 'paid'; order: SandboxOrder }
  | { kind: 'refunded'; order: SandboxOrder; refund: Refund }
  /** Somebody made it up: the topic as the platform writes it. */
  | { kind: 'announced'; topic: string; body: unknown };

/** The webhooks that the store owes for what happened at an instant. */
export type Tell = (happening: Happening, at: number) => SandboxDelivery[];

/** A webhook subscription that the app has made by the API. */
export type SandboxSubscription = { id: string; topic: string; uri: string; createdAt: number };

/** One step of the store, as its journal keeps it: what is now, and what is owed for it. */
export type SandboxStep = {
  customer?: SandboxCustomer;
  order?: SandboxOrder;
  checkout?: SandboxCheckout;
  deliveries?: SandboxDelivery[];
  /** A webhook that the app has taken in. */
  acknowledged?: string;
};
