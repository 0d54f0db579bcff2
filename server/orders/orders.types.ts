import type { orderFacts, orderLines, orders } from './orders.tables.ts';

export type OrderRow = typeof orders.$inferSelect;
export type OrderLineRow = typeof orderLines.$inferSelect;
export type OrderFactRow = typeof orderFacts.$inferSelect;
/** An order with its lines, as rules and numbers see it. */
export type OrderWithLines = OrderRow & { lines: OrderLineRow[] };
