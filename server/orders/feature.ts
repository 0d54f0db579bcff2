import type { Feature } from '../shops/scope.ts';
import { handOverOrders } from './history.usecases.ts';
import { orderFacts, orderLines, orders } from './orders.tables.ts';
import { everyLineOf } from './people.usecases.ts';
import { ordersTimeline } from './timeline.usecases.ts';

const NAMELESS = 'the books of the shop, which say what was sold and never to whom but by an opaque id';

export const ordersFeature: Feature = {
  name: 'orders',
  tables: [
    {
      table: orders,
      person: { keep: NAMELESS },
      shop: 'delete',
      about: { as: 'orders', of: orders.customerId, by: 'placedAt' },
    },
    {
      table: orderLines,
      person: { keep: NAMELESS },
      shop: 'delete',
      about: { as: 'lines', read: everyLineOf },
    },
    { table: orderFacts, person: { keep: NAMELESS }, shop: 'delete' },
  ],
  person: {
    merge: (scope, { kept, gone }) => handOverOrders(scope, gone, kept),
    timeline: ordersTimeline,
  },
};
