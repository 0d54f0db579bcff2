import { z } from 'zod';
import type { Change, Delivery } from '../../commerce.types.ts';
import { idNumber, idOf, ids, instant, need, shaped } from './shopify.fields.ts';

const deletedShape = z.object(ids);
const editedShape = z.object({
  order_edit: z.object({ id: idNumber, order_id: idNumber, committed_at: instant, created_at: instant }),
});

/** `orders/delete`: only an id, so the deletion is dated by the delivery. @throws DeliveryRefused without an id */
export function readOrderDeleted(body: unknown, delivery: Delivery): Change[] {
  const orderId = need(idOf(shaped(deletedShape, body, 'deleted order')), 'deleted order', 'id', 'an id');
  return [{ kind: 'order-deleted', orderId, at: delivery.triggeredAt }];
}

/** `orders/edited`: what was added and removed, without amounts. @throws DeliveryRefused without the ids */
export function readOrderEdited(body: unknown, delivery: Delivery): Change[] {
  const { order_edit: edit } = shaped(editedShape, body, 'order edit');
  return [
    {
      kind: 'order-edited',
      orderId: need(edit.order_id, 'order edit', 'order_edit.order_id', 'an id'),
      editId: need(edit.id, 'order edit', 'order_edit.id', 'an id'),
      at: edit.committed_at ?? edit.created_at ?? delivery.triggeredAt,
    },
  ];
}
