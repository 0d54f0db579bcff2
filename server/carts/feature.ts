import type { Feature } from '../shops/scope.ts';
import { carts } from './carts.tables.ts';
import { forgetCarts, handOverCarts } from './handover.usecases.ts';

export const cartsFeature: Feature = {
  name: 'carts',
  tables: [
    {
      table: carts,
      person: { anonymise: forgetCarts },
      shop: 'delete',
      about: { as: 'carts', of: carts.customerId },
    },
  ],
  person: { merge: (scope, { kept, gone }) => handOverCarts(scope, gone, kept) },
};
