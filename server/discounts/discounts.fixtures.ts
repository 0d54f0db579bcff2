import type { Discount } from '../commerce/discounts.port.ts';

/** For tests only: 5.00 USD off, once, for whoever has the code. */
export const discountOf = (fields: Partial<Discount> = {}): Discount => ({
  code: 'LOYAL-1',
  mark: 'redemption-1',
  title: 'Five off',
  value: { kind: 'amount', amount: 500 },
  currency: 'USD',
  minimum: null,
  limit: 1,
  customer: null,
  startsAt: Date.UTC(2026, 0, 1),
  expiresAt: null,
  combinesWith: { order: false, product: false, shipping: false },
  ...fields,
});
