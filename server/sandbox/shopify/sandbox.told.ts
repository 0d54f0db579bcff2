import { secretToken } from '../../shared/ids.ts';
import type { Happening, SandboxDelivery, Tell } from '../store/sandbox.types.ts';
import { checkoutBody, consentBody, customerBody, orderBody, refundBody, tagsBody } from './sandbox.payloads.ts';

type Word = readonly [topic: string, body: unknown];

function wordsOf(happening: Happening, domain: string): Word[] {
  switch (happening.kind) {
    case 'account':
      return [[happening.isNew ? 'customers/create' : 'customers/update', customerBody(happening.customer)]];
    case 'consent':
      return [['customers_email_marketing_consent/update', consentBody(happening.customer)]];
    case 'tags': {
      const { customer, tags, present } = happening;
      return [
        [present ? 'customer.tags_added' : 'customer.tags_removed', tagsBody(customer, tags)],
        ['customers/update', customerBody(customer)],
      ];
    }
    case 'checkout': {
      const { checkout, customer } = happening;
      const topic = checkout.completedAt === null ? 'checkouts/create' : 'checkouts/update';
      return [[topic, checkoutBody(checkout, customer, domain)]];
    }
    case 'placed': {
      const body = orderBody(happening.order);
      const paid: Word[] = happening.order.financial === 'paid' ? [['orders/paid', body]] : [];
      return [['orders/create', body], ...paid];
    }
    case 'paid':
      return [['orders/paid', orderBody(happening.order)]];
    case 'refunded':
      return [
        ['refunds/create', refundBody(happening.order, happening.refund)],
        ['orders/updated', orderBody(happening.order)],
      ];
    case 'cancelled':
      return [
        ['orders/cancelled', orderBody(happening.order)],
        ['orders/updated', orderBody(happening.order)],
      ];
    case 'resource':
      return [];
    case 'announced':
      return [[happening.topic, happening.body]];
  }
}

/** The webhooks by which Shopify tells what happened, made as it happens. */
export const tellAsShopify =
  (domain: string): Tell =>
  (happening, at) =>
    wordsOf(happening, domain).map(
      ([topic, body]): SandboxDelivery => ({
        id: secretToken(18),
        topic,
        triggeredAt: at,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    );
