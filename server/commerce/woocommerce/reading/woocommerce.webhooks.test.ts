import { describe, expect, it } from 'vitest';
import { phpJson, wooHeaders, wooOrderBody } from './woocommerce.fixtures.ts';
import { verifyWooCommerce } from './woocommerce.webhooks.ts';

const SECRET = 'lab-webhook-secret';
const verified = (body: unknown, topic: string, webhook = '2') =>
  verifyWooCommerce(wooHeaders(body, { topic, webhook }), phpJson(body), SECRET);
function idOf(body: unknown, topic = 'order.updated', webhook = '2'): string | null {
  const result = verified(body, topic, webhook);
  if (!result.ok || 'ping' in result) throw new Error('it was not taken for a delivery');
  return result.deliveryId;
}

describe('the signature', () => {
  it('is over the raw bytes, with their escaped slashes and letters', () => {
    const raw = Buffer.from('{"id":45,"date_modified_gmt":"2025-03-01T10:00:00","u":"https:\\/\\/\\u0413"}');
    const headers = wooHeaders(raw, { topic: 'order.updated' });
    expect(verifyWooCommerce(headers, raw, SECRET)).toMatchObject({
      ok: true,
      topic: 'order.updated',
      triggeredAt: null,
    });
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(raw.toString())));
    expect(verifyWooCommerce(headers, rewritten, SECRET)).toMatchObject({ ok: false, status: 401 });
  });

  it('of another secret, another body, none, or with an empty secret is refused', () => {
    const body = phpJson(wooOrderBody());
    const headers = wooHeaders(body, { topic: 'order.updated' });
    expect(verifyWooCommerce(headers, body, 'another')).toMatchObject({ ok: false, status: 401 });
    expect(verifyWooCommerce(headers, Buffer.concat([body, Buffer.from(' ')]), SECRET)).toMatchObject({ status: 401 });
    const { 'x-wc-webhook-signature': _gone, ...unsigned } = headers;
    expect(verifyWooCommerce(unsigned, body, SECRET)).toMatchObject({ status: 401 });
    const empty = wooHeaders(body, { topic: 'order.updated', secret: '' });
    for (const secret of ['', undefined]) expect(verifyWooCommerce(empty, body, secret)).toMatchObject({ status: 401 });
  });
});

describe('a ping (a form, unsigned, with no header of its own)', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  it.each(['webhook_id=1', `webhook_id=${'9'.repeat(20)}`])('%s is one, whatever the secret', (body) => {
    expect(verifyWooCommerce(form, Buffer.from(body), undefined)).toEqual({ ok: true, ping: true });
  });

  it.each(['webhook_id=1&id=45', 'webhook_id=', 'webhook_id=1\n{}', `webhook_id=${'9'.repeat(21)}`, '{"id":45}', ''])(
    'cannot be used to slip anything in: %j is none',
    (body) => {
      expect(verifyWooCommerce(form, Buffer.from(body), SECRET)).toMatchObject({ ok: false, status: 401 });
    },
  );

  it('with a header of a delivery is none', () => {
    const headers = { ...form, 'x-wc-webhook-topic': 'order.updated' };
    expect(verifyWooCommerce(headers, Buffer.from('webhook_id=1'), SECRET)).toMatchObject({ status: 401 });
  });
});

describe('what makes two deliveries the same', () => {
  it('Delivery-ID has one-second granularity: the body tells, not the id', () => {
    const paid = wooOrderBody({ status: 'completed' });
    expect(idOf(wooOrderBody())).toBe(idOf(wooOrderBody()));
    expect(idOf(wooOrderBody())).not.toBe(idOf(paid));
  });

  it('another webhook that sends the same body has another event to tell of', () => {
    expect(idOf(wooOrderBody(), 'order.created', '1')).not.toBe(idOf(wooOrderBody(), 'order.updated', '2'));
  });

  it.each([
    ['an id-only body', 'order.deleted', { id: 23 }],
    ['an action', 'action.woocommerce_order_refunded', { action: 'woocommerce_order_refunded', arg: 22 }],
    ['an action whose argument is dated', 'action.woocommerce_x', { action: 'x', arg: { date_modified_gmt: 'now' } }],
    ['an error', 'order.updated', { code: 'woocommerce_rest_cannot_view', message: 'Sorry', data: { status: 403 } }],
    ['a user who was never modified', 'customer.created', { id: 9, date_modified_gmt: null }],
    ['something restored', 'order.restored', wooOrderBody()],
  ])('%s is always news', (_what, topic, body) => {
    expect(idOf(body, topic)).toBeNull();
  });

  it('headers too long to be WooCommerce’s count as absent', () => {
    const body = phpJson(wooOrderBody());
    const headers = { ...wooHeaders(body, { topic: 'order.updated' }), 'x-wc-webhook-topic': 'x'.repeat(300) };
    expect(verifyWooCommerce(headers, body, SECRET)).toMatchObject({ ok: true, topic: '' });
  });
});
