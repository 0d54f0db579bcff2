import type { Change } from '../commerce/commerce.types.ts';
import type { Scope } from '../shops/scope.ts';

/** What became of a delivery. */
export type Outcome = {
  state: 'applied' | 'ignored';
  /** Why it was ignored, for the merchant. */
  reason: string | null;
  customerId: string | null;
  /** The body must not stay: it asked for an erasure, or nothing will ever need it. */
  forget: boolean;
  /** Data was erased, deliveries among it perhaps. */
  erases: boolean;
};

/** Does what deliveries say, inside the batch's transaction: whoever knows what every kind of change leads to. */
export type Applier = {
  /** Reads at once what a batch's changes will ask for one by one. A hint only. */
  readAhead(scope: Scope, changes: Change[]): Promise<void>;
  applyChanges(scope: Scope, changes: Change[]): Promise<Outcome>;
};
