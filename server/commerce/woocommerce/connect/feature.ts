import type { Feature } from '../../../shops/scope.ts';
import { wooHandovers } from './handovers.tables.ts';
import { forgetHandovers } from './handovers.usecases.ts';

export const woocommerceFeature: Feature = {
  name: 'woocommerce',
  tables: [
    {
      table: wooHandovers,
      ofNoShop: 'a store is connected before it is a shop; its row holds an address and is forgotten after a day',
    },
  ],
  // By real time, also where the app's clock was put ahead.
  retention: { handovers: ({ db, realClock }) => forgetHandovers({ db }, realClock.now()) },
};
