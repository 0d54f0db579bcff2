import { z } from 'zod';
import type { Change, Delivery } from '../../commerce.types.ts';
import { idNumber, idOf, ids, need, shaped, strictInstant, text } from './shopify.fields.ts';

const fulfilmentShape = z.object({
  ...ids,
  order_id: idNumber,
  status: text(40),
  shipment_status: text(40),
  created_at: strictInstant,
  updated_at: strictInstant,
});

const eventShape = z.object({
  fulfillment_id: idNumber,
  order_id: idNumber,
  status: text(40),
  happened_at: strictInstant,
  created_at: strictInstant,
});

/**
 * `fulfillments/create|update`. Fulfilled when it was created, if it succeeded; delivered when it was last updated, if
 * that says so. @throws DeliveryRefused without its own or the order's id
 */
export function readFulfilment(body: unknown, delivery: Delivery): Change[] {
  const what = 'fulfilment';
  const payload = shaped(fulfilmentShape, body, what);
  const at = payload.updated_at ?? payload.created_at ?? delivery.triggeredAt;
  return [
    {
      kind: 'fulfilment',
      orderId: need(payload.order_id, what, 'order_id', 'an id'),
      fulfilmentId: need(idOf(payload), what, 'id', 'an id'),
      at,
      fulfilledAt: payload.status === 'success' ? (payload.created_at ?? at) : null,
      deliveredAt: payload.status === 'success' && payload.shipment_status === 'delivered' ? at : null,
    },
  ];
}

/**
 * `fulfillment_events/create`: a parcel's progress, of which only the delivery matters. It is a fact of its own
 * (`<fulfilment>/delivered`), so that a later word about the fulfilment, which leaves delivery out, does not undo it.
 * @throws DeliveryRefused without the ids
 */
export function readFulfilmentEvent(body: unknown, delivery: Delivery): Change[] {
  const what = 'fulfilment event';
  const payload = shaped(eventShape, body, what);
  const status = payload.status?.toLowerCase() ?? 'unknown';
  if (status !== 'delivered')
    return [{ kind: 'ignored', reason: `Only deliveries matter here; this parcel's status is "${status}".` }];
  const at = payload.happened_at ?? payload.created_at ?? delivery.triggeredAt;
  const orderId = need(payload.order_id, what, 'order_id', 'an id');
  const fulfilmentId = `${need(payload.fulfillment_id, what, 'fulfillment_id', 'an id')}/delivered`;
  return [{ kind: 'fulfilment', orderId, fulfilmentId, at, fulfilledAt: null, deliveredAt: at }];
}
