import { DeliveryRefused } from '../commerce/commerce.errors.ts';
import type { Commerce } from '../commerce/commerce.port.ts';
import type { Change } from '../commerce/commerce.types.ts';
import type { Scope } from '../shops/scope.ts';
import type { InboxRow } from './inbox.repository.ts';

const ERASED = 'The data of this shop was erased at its request; deliveries are no longer kept.';

/**
 * What a delivery says, without doing anything about it: nothing is written where this throws.
 * @throws DeliveryRefused when it can never be applied
 */
export function readDelivery({ shop }: Scope, commerce: Commerce | null, delivery: InboxRow): Change[] {
  if (shop.erasedAt !== null) return [{ kind: 'ignored', reason: ERASED }];
  const { body } = delivery;
  if (body === null) {
    throw new DeliveryRefused(
      'delivery.forgotten',
      'The body of this delivery was deleted; it cannot be applied again.',
    );
  }
  if (!commerce) throw new DeliveryRefused('delivery.platform', 'This platform is not connected yet.');
  return commerce.read({ ...delivery, body }, shop);
}
