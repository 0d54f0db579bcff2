import { secretToken } from '../../shared/ids.ts';
import type { Happening, SandboxDelivery, Tell } from '../store/sandbox.types.ts';
import type { WooState } from '../store/woo.state.ts';

type Word = readonly [topic: string, id: string];

const STATUS = 'action.woocommerce_order_status_changed';

/** What WordPress does, and for which thing, in the order in which its hooks run. Guests are no users: they fire nothing. */
function wordsOf(happening: Happening): Word[] {
  switch (happening.kind) {
    case 'account': {
      const { id } = happening.customer;
      // A new user is saved once more with what the checkout knows.
      return [...(happening.isNew ? [['customer.created', id] as const] : []), ['customer.updated', id]];
    }
    case 'placed': {
      const { platformId: id, lines } = happening.order;
      const stock = lines.map(({ productId }): Word => ['product.updated', productId ?? '']);
      // The block checkout saves its draft before it makes an order of it: `updated` comes before `created`.
      return [['order.updated', id], ['order.created', id], [STATUS, id], ...stock];
    }
    case 'paid':
      return [
        ['order.updated', happening.order.platformId],
        [STATUS, happening.order.platformId],
      ];
    case 'cancelled': {
      const { platformId: id, lines } = happening.order;
      const stock = lines.map(({ productId }): Word => ['product.updated', productId ?? '']);
      return [['order.updated', id], [STATUS, id], ...stock];
    }
    case 'refunded': {
      const { platformId: id, financial } = happening.order;
      const whole: Word[] = financial === 'refunded' ? [[STATUS, id]] : [];
      return [['order.updated', id], ['action.woocommerce_order_refunded', id], ...whole];
    }
    case 'resource':
      return [[happening.topic, happening.id]];
    // Core tells of no cart, and knows no consent to marketing and no tags of customers.
    case 'checkout':
    case 'consent':
    case 'tags':
    case 'announced':
      return [];
  }
}

/**
 * What WooCommerce owes for what happened: one delivery for each active webhook of the topic. Which thing it is about is
 * noted; the body is made when it is sent, and says how things are then.
 */
export const tellAsWoo =
  (webhooks: () => WooState['webhooks']): Tell =>
  (happening, at) => {
    const owe = (topic: string, more: Partial<SandboxDelivery>): SandboxDelivery => ({
      id: secretToken(18),
      topic,
      body: '',
      triggeredAt: at,
      ...more,
    });
    if (happening.kind === 'announced') {
      const { topic, body } = happening;
      return [owe(topic, { body: typeof body === 'string' ? body : JSON.stringify(body) })];
    }
    return wordsOf(happening).flatMap(([topic, id]) =>
      webhooks()
        .filter((webhook) => webhook.topic === topic && webhook.status === 'active')
        .map((webhook) => owe(topic, { about: { hook: webhook.id, id } })),
    );
  };
