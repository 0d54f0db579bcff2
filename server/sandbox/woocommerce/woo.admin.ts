import { notFound } from '../../shared/errors.ts';
import type { Happening, OrderNote, SandboxOrder } from '../store/sandbox.types.ts';
import type { Woo } from './woo.types.ts';

type Status = NonNullable<OrderNote['status']>;

function orderIn({ store }: Woo, id: string): SandboxOrder {
  const order = store.orders.get(id);
  if (!order) throw notFound('sandbox.order_unknown', 'The sandbox store has no such order.', { field: 'order' });
  return order;
}

const resource = (topic: string, id: string): Happening => ({ kind: 'resource', topic, id });

const touched = (order: SandboxOrder, at: number): SandboxOrder => ({
  ...order,
  version: { ...order.version, updatedAt: at, triggeredAt: at },
});

/** What the owner of a WooCommerce store does in its admin pages, and what the app hears of it. */
export function createAdmin(woo: Woo) {
  const { store } = woo;
  const note = (id: string, change: Omit<OrderNote, 'order'>): OrderNote => ({
    ...store.notes.get(id),
    order: id,
    ...change,
  });
  /** Without the status that was set by hand. */
  const unset = (id: string): OrderNote => {
    const { status: _status, ...rest } = note(id, {});
    return rest;
  };

  return {
    /** The order is paid in cash when it is handed over: it goes to `processing` without a date of payment. */
    cashOnDelivery(id: string): void {
      const at = store.clock.now();
      const happened = [resource('order.updated', id), resource('action.woocommerce_order_status_changed', id)];
      store.happened(at, happened, { order: touched(orderIn(woo, id), at), note: note(id, { cashOnDelivery: true }) });
    },
    /** The goods are there; cash has come with them. */
    complete(id: string): void {
      const at = store.clock.now();
      const order = orderIn(woo, id);
      const money = order.paidAt === null ? { paidAt: at, financial: 'paid' as const } : {};
      const happened = [resource('order.updated', id), resource('action.woocommerce_order_status_changed', id)];
      store.happened(at, happened, { order: { ...touched(order, at), ...money, fulfilledAt: at }, note: unset(id) });
    },
    /** Any other status, which the order keeps until it is set anew. */
    setStatus(id: string, status: Status): void {
      const at = store.clock.now();
      const happened = [resource('order.updated', id), resource('action.woocommerce_order_status_changed', id)];
      store.happened(at, happened, { order: touched(orderIn(woo, id), at), note: note(id, { status }) });
    },
    /** Trashing tells an id and nothing else. */
    trash(id: string): void {
      const at = store.clock.now();
      store.happened(at, [resource('order.deleted', id)], {
        order: touched(orderIn(woo, id), at),
        note: note(id, { status: 'trash' }),
      });
    },
    /** Out of the trash, as it was before. */
    restore(id: string): void {
      const at = store.clock.now();
      store.happened(at, [resource('order.restored', id)], { order: touched(orderIn(woo, id), at), note: unset(id) });
    },
    /** Deleting for good tells nothing at all. */
    remove(id: string): void {
      store.happened(store.clock.now(), [], { gone: `order/${id}` });
    },
    /** Neither a webhook nor the order's date tells that a refund is no more. */
    removeRefund(id: string, refundId: string): void {
      const order = orderIn(woo, id);
      const refunds = order.refunds.filter(({ platformId }) => platformId !== refundId);
      const financial = refunds.length === 0 ? ('paid' as const) : ('partially_refunded' as const);
      store.happened(store.clock.now(), [], { order: { ...order, refunds, financial } });
    },
    /** Both `product.deleted` and a `coupon.deleted` with the product's id: WordPress has one hook for the two. */
    trashProduct(id: string): void {
      store.happened(store.clock.now(), [resource('product.deleted', id), resource('coupon.deleted', id)]);
    },
    removeCustomer(id: string): void {
      store.happened(store.clock.now(), [resource('customer.deleted', id)], { gone: `customer/${id}` });
    },
    /** The keys are worth nothing any more. */
    revokeKeys(): void {
      woo.state.keys = [];
      woo.keep();
    },
  };
}
