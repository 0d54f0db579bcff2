import { describe, expect, it } from 'vitest';
import type { Change } from '../../commerce.types.ts';
import { SHOPIFY_TOPICS, shopifyCommerce } from './shopify.commerce.ts';

const shop = { currency: 'USD', timeZone: 'UTC', country: 'US' };
const T = Date.parse('2026-03-05T12:00:00Z');
const iso = (offset: number) => new Date(T + offset).toISOString();
const bodyHash = expect.stringMatching(/^[0-9a-f]{64}$/);

const read = (topic: string, payload: object | string): Change[] => {
  const body = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return shopifyCommerce.read({ topic, body, triggeredAt: T, receivedAt: T + 5_000 }, shop);
};

describe('topics', () => {
  it('that are not used are ignored, whatever the body', () => {
    expect(read('themes/publish', 'no JSON')).toEqual([
      { kind: 'ignored', reason: 'Bazgasht does not use the topic "themes/publish".' },
    ]);
    for (const topic of ['', 'constructor', 'Orders/Create', 'x'.repeat(5_000)])
      expect(read(topic, '{}')).toEqual([{ kind: 'ignored', reason: expect.any(String) }]);
  });

  it('include the mandatory ones', () => {
    expect(SHOPIFY_TOPICS).toEqual(
      expect.arrayContaining(['customers/data_request', 'customers/redact', 'shop/redact', 'app/uninstalled']),
    );
  });
});

describe('orders', () => {
  it('deleted, with an id that no double holds, are dated by the delivery', () => {
    expect(read('orders/delete', '{"id":820982911946154508}')).toEqual([
      { kind: 'order-deleted', orderId: '820982911946154508', at: T },
    ]);
  });

  it('edited are to be read again', () => {
    const body = `{"order_edit":{"id":78912328793123782,"order_id":820982911946154508,"committed_at":"${iso(-1)}"}}`;
    expect(read('orders/edited', body)).toEqual([
      { kind: 'order-edited', orderId: '820982911946154508', editId: '78912328793123782', at: T - 1 },
    ]);
    expect(() => read('orders/edited', { order_edit: null })).toThrow('"order_edit"');
  });
});

describe('fulfilments', () => {
  const fulfilment = { id: 9, order_id: 5, status: 'success', created_at: iso(-9), updated_at: iso(-1) };

  it('count from their creation, and as delivered when they say so', () => {
    const change = {
      kind: 'fulfilment',
      orderId: '5',
      fulfilmentId: '9',
      at: T - 1,
      fulfilledAt: T - 9,
      deliveredAt: null,
    };
    expect(read('fulfillments/create', fulfilment)).toEqual([change]);
    const delivered = { ...fulfilment, shipment_status: 'delivered' };
    expect(read('fulfillments/update', delivered)).toEqual([{ ...change, deliveredAt: T - 1 }]);
    const cancelled = { ...delivered, status: 'cancelled' };
    expect(read('fulfillments/update', cancelled)).toEqual([{ ...change, fulfilledAt: null }]);
  });

  it('have events, of which only the delivery matters', () => {
    const event = { id: 1, fulfillment_id: 9, order_id: 5, status: 'delivered', happened_at: iso(-3) };
    expect(read('fulfillment_events/create', event)).toEqual([
      {
        kind: 'fulfilment',
        orderId: '5',
        fulfilmentId: '9/delivered',
        at: T - 3,
        fulfilledAt: null,
        deliveredAt: T - 3,
      },
    ]);
    expect(read('fulfillment_events/create', { ...event, status: 'in_transit' })).toEqual([
      { kind: 'ignored', reason: 'Only deliveries matter here; this parcel\'s status is "in_transit".' },
    ]);
  });
});

describe('checkouts', () => {
  const checkout = {
    token: 'tok',
    cart_token: 'cart',
    email: 'Ann@Example.com',
    currency: 'USD',
    total_price: '421.88',
    abandoned_checkout_url: 'https://shop.example/recover?key=1',
    created_at: iso(-9),
    updated_at: iso(-1),
    completed_at: null,
    line_items: [{ product_id: 1, variant_id: 2, title: 'Nano', quantity: 2, price: '199.00' }],
  };

  it('are carts known by their token', () => {
    expect(read('checkouts/create', checkout)).toEqual([
      {
        kind: 'cart',
        cart: {
          token: 'tok',
          cartToken: 'cart',
          customer: null,
          email: 'ann@example.com',
          phone: null,
          lines: [{ productId: '1', variantId: '2', title: 'Nano', quantity: 2, unitPrice: 19_900 }],
          currency: 'USD',
          total: 42_188,
          recoveryUrl: 'https://shop.example/recover?key=1',
          createdAt: T - 9,
          completedAt: null,
          version: { updatedAt: T - 1, triggeredAt: T, bodyHash },
        },
      },
    ]);
  });

  it('carry the consents ticked in them, dated by their start', () => {
    const ticked = {
      ...checkout,
      buyer_accepts_marketing: true,
      buyer_accepts_sms_marketing: true,
      sms_marketing_phone: '613-555-0135',
      customer: { id: 42 },
    };
    const [, email, sms] = read('checkouts/update', ticked);
    const consent = { state: 'subscribed', at: T - 9, source: 'checkout', evidence: null };
    const contact = { platformId: '42', email: 'ann@example.com' };
    expect(email).toEqual({
      kind: 'consent',
      contact: { ...contact, phone: null },
      consent: { ...consent, channel: 'email' },
    });
    expect(sms).toEqual({
      kind: 'consent',
      contact: { ...contact, phone: '+16135550135' },
      consent: { ...consent, channel: 'sms' },
    });
  });

  it('link back by https only', () => {
    const link = (abandoned_checkout_url: string) => {
      const [change] = read('checkouts/update', { ...checkout, abandoned_checkout_url });
      return change?.kind === 'cart' ? change.cart.recoveryUrl : '';
    };
    for (const url of ['javascript:alert(1)', 'http://a.example', 'https://a b']) expect(link(url)).toBeNull();
  });

  it('deleted count only with a token', () => {
    expect(read('checkouts/delete', { token: 'tok' })).toEqual([{ kind: 'cart-deleted', token: 'tok', at: T }]);
    expect(read('checkouts/delete', { id: 1, cart_token: 'cart' })).toMatchObject([{ kind: 'ignored' }]);
    expect(() => read('checkouts/update', { ...checkout, token: null })).toThrow('"token"');
  });
});

describe('customers', () => {
  const customer = { id: 42, email: 'ann@example.com', created_at: iso(-100), updated_at: iso(-10) };
  const kinds = (payload: object) => read('customers/update', payload).map((change) => change.kind);
  const consentsOf = (more: object) =>
    read('customers/update', { ...customer, ...more }).flatMap((change) =>
      change.kind === 'consent' ? [[change.consent.channel, change.consent.state, change.consent.at - T]] : [],
    );

  it('are as new as they say', () => {
    expect(read('customers/create', customer)).toMatchObject([
      {
        kind: 'customer',
        customer: { platformId: '42', registeredAt: T - 100 },
        version: { updatedAt: T - 10, triggeredAt: T },
      },
    ]);
    expect(kinds(customer)).toEqual(['customer']);
    expect(() => read('customers/update', { email: 'ann@example.com' })).toThrow('"id"');
  });

  it('from before 2025-01 carry consents, which count when they tell something', () => {
    const email = (state: string, at: string | null) => ({
      email_marketing_consent: { state, consent_updated_at: at },
    });
    expect(consentsOf(email('subscribed', iso(-5)))).toEqual([['email', 'subscribed', -5]]);
    expect(consentsOf(email('subscribed', null))).toEqual([['email', 'subscribed', -100]]);
    expect(consentsOf(email('not_subscribed', iso(-5)))).toEqual([['email', 'unknown', -5]]);
    expect(consentsOf(email('not_subscribed', null))).toEqual([]);
    expect(consentsOf({ sms_marketing_consent: { state: 'unsubscribed', consent_updated_at: iso(-4) } })).toEqual([
      ['sms', 'unsubscribed', -4],
    ]);
  });

  it('from even before say whether they accept marketing', () => {
    const accepts = (accepts_marketing: boolean, at: string | null) =>
      consentsOf({ accepts_marketing, accepts_marketing_updated_at: at });
    expect(accepts(true, iso(-7))).toEqual([['email', 'subscribed', -7]]);
    expect(accepts(false, iso(-7))).toEqual([['email', 'unsubscribed', -7]]);
    expect(accepts(false, iso(-100))).toEqual([]);
    expect(accepts(false, null)).toEqual([]);
  });

  it('change their consent by topics of its own', () => {
    const byEmail = { customer_id: 42, email_address: 'Ann@example.com' };
    expect(
      read('customers_email_marketing_consent/update', {
        ...byEmail,
        email_marketing_consent: { state: 'subscribed', opt_in_level: 'single_opt_in', consent_updated_at: iso(-2) },
      }),
    ).toEqual([
      {
        kind: 'consent',
        contact: { platformId: '42', email: 'ann@example.com', phone: null },
        consent: { channel: 'email', state: 'subscribed', at: T - 2, source: 'shopify', evidence: 'single_opt_in' },
      },
    ]);
    const sms_marketing_consent = { state: 'UNSUBSCRIBED', consent_updated_at: null, consent_collected_from: 'OTHER' };
    expect(
      read('customers_marketing_consent/update', { id: 42, phone: '6135550135', sms_marketing_consent }),
    ).toMatchObject([
      {
        contact: { platformId: '42', phone: '+16135550135' },
        consent: { channel: 'sms', state: 'unsubscribed', at: T, source: 'shopify:other' },
      },
    ]);
    expect(() => read('customers_email_marketing_consent/update', byEmail)).toThrow('"email_marketing_consent"');
    expect(() => read('customers_marketing_consent/update', { sms_marketing_consent })).toThrow('"customer_id"');
  });

  it('are merged only once the merge is completed', () => {
    const merge = {
      admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/1',
      admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/2',
    };
    expect(read('customers/merge', { ...merge, status: 'completed' })).toEqual([
      { kind: 'customers-merged', kept: '1', gone: '2', at: T },
    ]);
    for (const status of ['failed', 'in_progress', null])
      expect(read('customers/merge', { ...merge, status })).toMatchObject([{ kind: 'ignored' }]);
    expect(() => read('customers/merge', { status: 'completed' })).toThrow('"admin_graphql_api_customer_kept_id"');
  });

  it('gain and lose tags, and go', () => {
    const tags = { customerId: 'gid://shopify/Customer/42', tags: ['VIP', ' early '], occurredAt: iso(-6) };
    const change = { kind: 'tags', platformId: '42', tags: ['VIP', 'early'], at: T - 6 };
    expect(read('customer.tags_added', tags)).toEqual([{ ...change, present: true }]);
    expect(read('customer.tags_removed', tags)).toEqual([{ ...change, present: false }]);
    expect(read('customers/delete', { id: 42 })).toEqual([{ kind: 'customer-deleted', platformId: '42', at: T }]);
  });
});

describe('the catalogue, the shop and privacy', () => {
  it('products have tags as a text or a list', () => {
    const product = {
      id: 8,
      title: 'Bean',
      product_type: 'Coffee',
      vendor: 'Acme',
      status: 'draft',
      created_at: iso(-9),
    };
    const version = { updatedAt: T - 9, triggeredAt: T, bodyHash };
    for (const tags of ['dark, fair ,', ['dark', 'fair']])
      expect(read('products/update', { ...product, tags })).toEqual([
        {
          kind: 'product',
          product: {
            platformId: '8',
            title: 'Bean',
            type: 'Coffee',
            vendor: 'Acme',
            tags: ['dark', 'fair'],
            state: 'draft',
            createdAt: T - 9,
            version,
          },
        },
      ]);
    expect(read('products/delete', { id: 8 })).toEqual([{ kind: 'product-deleted', platformId: '8', at: T }]);
  });

  it('a shop tells only what is usable', () => {
    const told = {
      name: 'Acme',
      currency: 'EUR',
      iana_timezone: 'Asia/Tehran',
      primary_locale: 'fa',
      country_code: 'IR',
      updated_at: iso(-1),
    };
    expect(read('shop/update', told)).toEqual([
      { kind: 'shop', name: 'Acme', currency: 'EUR', timeZone: 'Asia/Tehran', locale: 'fa', country: 'IR', at: T - 1 },
    ]);
    expect(read('shop/update', { currency: 'euro', iana_timezone: 'Mars/Olympus', country_code: 7 })).toEqual([
      { kind: 'shop', name: null, currency: null, timeZone: null, locale: null, country: null, at: T },
    ]);
    expect(read('app/uninstalled', { id: 1 })).toEqual([{ kind: 'uninstalled', at: T }]);
    expect(read('app/scopes_update', { current: ['read_orders'] })).toEqual([
      { kind: 'scopes', scopes: ['read_orders'], at: T },
    ]);
  });

  it('privacy requests keep every id', () => {
    const body = (field: string) =>
      `{"customer":{"id":9007199254740993,"email":"J@example.com","phone":"555-625-1199"},` +
      `"${field}":[9007199254740993,12]}`;
    const contact = { platformId: '9007199254740993', email: 'j@example.com', phone: null };
    const orderIds = ['9007199254740993', '12'];
    expect(
      read('customers/data_request', body('orders_requested').replace('{', '{"data_request":{"id":9999},')),
    ).toEqual([{ kind: 'data-request', requestId: '9999', contact, orderIds }]);
    expect(read('customers/redact', body('orders_to_redact'))).toEqual([
      { kind: 'redact-customer', contact, orderIds },
    ]);
    expect(read('shop/redact', {})).toEqual([{ kind: 'redact-shop' }]);
    expect(() => read('customers/redact', { customer: {} })).toThrow('"customer"');
    const many = Array.from({ length: 10_000 }, (_, index) => index + 1);
    expect(read('customers/redact', { customer: { id: 1 }, orders_to_redact: many })).toMatchObject([
      { orderIds: { length: 10_000 } },
    ]);
  });
});
