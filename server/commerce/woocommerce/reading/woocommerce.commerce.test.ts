import { describe, expect, it } from 'vitest';
import { DeliveryRefused } from '../../commerce.errors.ts';
import type { Change } from '../../commerce.types.ts';
import { MARK } from '../store/store.coupons.rules.ts';
import { WOO_TOPICS, wooCommerce } from './woocommerce.commerce.ts';
import { phpJson, wooCouponBody, wooCustomerBody, wooOrderBody, wooProductBody } from './woocommerce.fixtures.ts';

const receivedAt = Date.UTC(2025, 2, 1, 11);
const shop = { currency: 'EUR', timeZone: 'UTC', country: 'IR' };
const read = (topic: string, body: unknown): Change[] =>
  wooCommerce.read({ topic, body: phpJson(body), triggeredAt: receivedAt, receivedAt }, shop);
function refusal(topic: string, body: unknown): { code: string; message: string } {
  try {
    return { code: 'none', message: JSON.stringify(read(topic, body)) };
  } catch (error) {
    if (error instanceof DeliveryRefused) return error;
    throw error;
  }
}

describe('topics', () => {
  it('are those that a store knows; each has a reader', () => {
    for (const topic of WOO_TOPICS) {
      expect(topic).toMatch(
        /^(?:(?:order|customer|product|coupon)\.(?:created|updated|deleted|restored)|action\.(?:woocommerce|wc)_\w+)$/,
      );
      expect(refusal(topic, {}).message).not.toMatch(/does not use/);
    }
  });

  it('that are not used are ignored with a reason, their body unread', () => {
    expect(read('action.wc_lab_cart_abandoned', Buffer.from('not even JSON'))).toEqual([
      { kind: 'ignored', reason: 'Bazgasht does not use the topic "action.wc_lab_cart_abandoned".' },
    ]);
  });
});

describe('orders', () => {
  it('a payload is built when it is sent: its receipt is its time', () => {
    expect(read('order.created', wooOrderBody())).toMatchObject([
      { kind: 'order', order: { version: { updatedAt: Date.UTC(2025, 2, 1, 10), triggeredAt: receivedAt } } },
    ]);
  });

  it('trash sends only the id: a deletion as of its receipt, looked at again', () => {
    expect(read('order.deleted', { id: 23 })).toEqual([
      { kind: 'order-deleted', orderId: '23', at: receivedAt },
      { kind: 'order-reread', orderId: '23', at: receivedAt },
    ]);
  });

  it('restoring sends the order, and undoes the deletion even if it was delivered late', () => {
    expect(read('order.restored', wooOrderBody())).toMatchObject([
      { kind: 'order' },
      { kind: 'order-restored', orderId: '45', at: receivedAt, onlyIfDeleted: false },
      { kind: 'order-reread', orderId: '45', at: receivedAt },
    ]);
  });

  it.each(['woocommerce_order_refunded', 'woocommerce_order_status_changed'])(
    'action.%s carries the first argument only: the order is to be read again',
    (action) => {
      expect(read(`action.${action}`, { action, arg: 22 })).toEqual([
        { kind: 'order-reread', orderId: '22', at: receivedAt },
      ]);
      // An argument over 8,000 characters is lost.
      expect(refusal(`action.${action}`, { action }).message).toMatch(/"arg" is missing or is not an id\.$/);
    },
  );
});

describe('a signed error instead of a thing', () => {
  const error = (code: string, status: number) => ({ code, message: 'Sorry.', data: { status } });

  it.each(['order.updated', 'customer.updated', 'product.updated', 'coupon.updated'])(
    'of %s that is gone by now has nothing to apply',
    (topic) => {
      expect(read(topic, error('woocommerce_rest_shop_order_invalid_id', 404))).toEqual([
        { kind: 'ignored', reason: expect.stringMatching(/was deleted before the store sent/) },
      ]);
    },
  );

  it('because the webhook’s owner lost rights says what to do', () => {
    for (const status of [401, 403])
      expect(refusal('order.updated', error('woocommerce_rest_cannot_view', status))).toMatchObject({
        code: 'delivery.no_rights',
        message: expect.stringMatching(/shop manager again, or connect the store anew/),
      });
  });

  it('for any other reason names it', () => {
    expect(refusal('order.updated', error('db_gone', 500)).message).toMatch(/the error "db_gone" instead of the order/);
    expect(refusal('order.updated', { code: 'x', message: 'y' }).code).toBe('delivery.store_error');
  });

  it('is no coupon, which has a code, too', () => {
    expect(read('coupon.updated', wooCouponBody({ message: 'hello' }))).toMatchObject([{ kind: 'coupon' }]);
  });
});

describe('customers', () => {
  it('have their own e-mail, and phone and country of their billing address', () => {
    const billing = { email: 'other@example.test', phone: '09123456789', country: 'IR', first_name: 'B' };
    expect(read('customer.updated', wooCustomerBody({ billing, first_name: '' }))).toEqual([
      {
        kind: 'customer',
        customer: {
          platformId: '7',
          email: 'ada@example.test',
          phone: '+989123456789',
          country: 'IR',
          locale: null,
          firstName: 'B',
          lastName: 'Quartz',
          note: null,
          registeredAt: Date.UTC(2025, 0, 1, 10),
        },
        version: { updatedAt: Date.UTC(2025, 0, 1, 10), triggeredAt: receivedAt, bodyHash: expect.any(String) },
      },
    ]);
  });

  it('customer.created fires for any WordPress user: those who run the shop are none until they buy', () => {
    for (const role of ['administrator', 'shop_manager', 'editor'])
      expect(read('customer.created', wooCustomerBody({ role }))).toMatchObject([{ kind: 'ignored' }]);
    for (const fields of [{ role: 'subscriber' }, { role: 'vip' }, { role: 'administrator', is_paying_customer: true }])
      expect(read('customer.created', wooCustomerBody(fields))).toMatchObject([{ kind: 'customer' }]);
  });

  it('that WordPress never modified are as old as they are, and newer than any order’s word', () => {
    const never = wooCustomerBody({ date_modified_gmt: null });
    expect(read('customer.created', never)).toMatchObject([{ version: { updatedAt: Date.UTC(2025, 0, 1, 10) } }]);
    const undated = { ...never, date_created_gmt: null };
    expect(read('customer.created', undated)).toMatchObject([{ version: { updatedAt: 1 } }]);
  });

  it('topics are not signed: a body that was signed for something else deletes nothing', () => {
    for (const topic of ['order.deleted', 'customer.deleted', 'product.deleted', 'coupon.deleted'])
      for (const body of [wooOrderBody(), wooCustomerBody(), wooProductBody(), wooCouponBody()])
        expect(() => read(topic, body)).toThrow(/signed for something else/);
  });

  it('deleted ones arrive as an id', () => {
    expect(read('customer.deleted', { id: 8 })).toEqual([
      { kind: 'customer-deleted', platformId: '8', at: receivedAt },
    ]);
  });
});

describe('products and coupons', () => {
  it('a product is in its categories; a variation is known by its product; trash is gone', () => {
    expect(read('product.updated', wooProductBody({ brands: [{ id: 1, name: 'Lab' }] }))).toMatchObject([
      { product: { platformId: '11', collections: ['15'], tags: ['dark'], vendor: 'Lab', type: 'simple' } },
    ]);
    expect(read('product.updated', wooProductBody({ type: 'variation' }))).toMatchObject([{ kind: 'ignored' }]);
    expect(read('product.updated', wooProductBody({ status: 'trash' }))).toMatchObject([{ kind: 'product-deleted' }]);
    expect(read('product.deleted', { id: 34 })).toMatchObject([{ kind: 'product-deleted', platformId: '34' }]);
  });

  it('a coupon has its state and use, never whom it is restricted to, be it a list or an object', () => {
    for (const restrictions of [['ada@example.test'], { 1: 'ada@example.test' }]) {
      const [change] = read('coupon.updated', wooCouponBody({ email_restrictions: restrictions, code: 'LOYAL' }));
      expect(change).toMatchObject({
        coupon: {
          code: 'loyal',
          usageCount: 0,
          usageLimit: 1,
          expiresAt: Date.UTC(2025, 11, 31, 21, 59, 59),
          ours: false,
        },
      });
      expect(JSON.stringify(change)).not.toContain('@');
    }
  });

  it('our own REST writes come back as webhooks and are recognised', () => {
    const own = wooCouponBody({ meta_data: [{ id: 1, key: MARK, value: 'redemption' }] });
    expect(read('coupon.created', own)).toMatchObject([{ coupon: { ours: true } }]);
  });
});
