import type { Refund } from '../../commerce/commerce.types.ts';
import { iso, isoOrNull, type Json, refundPayload } from '../../commerce/shopify/writing/payload.parts.ts';
import { shopifyPayload } from '../../commerce/shopify/writing/payload.ts';
import { formatMajor } from '../../shared/money.ts';
import { type SandboxProduct, VENDOR } from '../store/sandbox.catalogue.ts';
import { priceOf, productOf } from '../store/sandbox.orders.ts';
import type { SandboxCheckout, SandboxCustomer, SandboxOrder } from '../store/sandbox.types.ts';

const gid = (type: string, id: string): Json => ({
  id: Number(id),
  admin_graphql_api_id: `gid://shopify/${type}/${id}`,
});
const usd = (cents: number): string => formatMajor(cents, 'USD');

/** `orders/*` */
export const orderBody = (order: SandboxOrder): Json => shopifyPayload(order);

/** `refunds/create` */
export const refundBody = (order: SandboxOrder, refund: Refund): Json => ({
  ...refundPayload(refund, order),
  order_id: Number(order.platformId),
  note: null,
  restock: true,
});

/** `customers/create|update`, as they are since 2025-01: without tags, totals and consent. */
export const customerBody = (customer: SandboxCustomer): Json => ({
  ...gid('Customer', customer.id),
  email: customer.email,
  phone: customer.phone,
  first_name: customer.firstName,
  last_name: customer.lastName,
  created_at: iso(customer.createdAt),
  updated_at: iso(customer.updatedAt),
  state: 'enabled',
  note: null,
  verified_email: true,
  currency: 'USD',
  addresses: [],
  default_address: null,
});

/** `customers_email_marketing_consent/update` */
export const consentBody = (customer: SandboxCustomer): Json => ({
  customer_id: Number(customer.id),
  email_address: customer.email,
  email_marketing_consent: {
    state: customer.marketing ? 'subscribed' : 'not_subscribed',
    opt_in_level: 'single_opt_in',
    consent_updated_at: isoOrNull(customer.marketingAt),
  },
});

/** `customer.tags_added` and `customer.tags_removed` */
export const tagsBody = (customer: SandboxCustomer, tags: string[]): Json => ({
  customerId: `gid://shopify/Customer/${customer.id}`,
  tags,
  occurredAt: iso(customer.updatedAt),
});

/** `products/create|update` */
export const productBody = (product: SandboxProduct, at: number): Json => ({
  ...gid('Product', product.id),
  title: product.title,
  product_type: product.type,
  vendor: VENDOR,
  status: 'active',
  tags: '',
  created_at: iso(at),
  updated_at: iso(at),
  published_at: iso(at),
  handle: `product-${product.id}`,
  variants: [{ ...gid('ProductVariant', product.variantId), title: 'Default Title', price: usd(product.price) }],
});

/** `checkouts/create|update`, without an id since 2026-04. */
export function checkoutBody(checkout: SandboxCheckout, customer: SandboxCustomer | undefined, domain: string): Json {
  const total = priceOf(checkout.lines);
  return {
    token: checkout.token,
    cart_token: `cart-${checkout.token}`,
    email: checkout.email,
    phone: checkout.phone,
    buyer_accepts_marketing: checkout.marketing,
    buyer_accepts_sms_marketing: false,
    customer_locale: 'en',
    created_at: iso(checkout.createdAt),
    updated_at: iso(checkout.updatedAt),
    completed_at: isoOrNull(checkout.completedAt),
    currency: 'USD',
    presentment_currency: 'USD',
    total_price: usd(total),
    subtotal_price: usd(total),
    total_line_items_price: usd(total),
    total_tax: '0.00',
    total_discounts: '0.00',
    taxes_included: false,
    source_name: 'web',
    abandoned_checkout_url: `https://${domain}/checkouts/${checkout.token}/recover`,
    customer: customer ? customerBody(customer) : null,
    line_items: checkout.lines.map(({ product: id, quantity }) => {
      const product = productOf(id);
      const price = usd(product?.price ?? 0);
      return {
        key: `${checkout.token}-${id}`,
        product_id: Number(id),
        variant_id: Number(product?.variantId ?? 0),
        title: product?.title ?? '',
        presentment_title: product?.title ?? '',
        quantity,
        price,
        vendor: VENDOR,
        line_price: usd((product?.price ?? 0) * quantity),
      };
    }),
  };
}
