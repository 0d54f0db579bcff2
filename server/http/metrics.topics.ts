/** Topics by what they are about: a label has to have few values, and platforms add topics. */
const CLASSES: Record<string, string> = {
  orders: 'orders',
  order: 'orders',
  refunds: 'refunds',
  fulfillments: 'fulfilments',
  fulfillment: 'fulfilments',
  carts: 'carts',
  checkouts: 'carts',
  customers: 'customers',
  customer: 'customers',
  products: 'products',
  product: 'products',
  collections: 'products',
  inventory: 'products',
  coupon: 'coupons',
  action: 'actions',
  app: 'shop',
  shop: 'shop',
  bulk: 'shop',
};
const PRIVACY = /^(customers\/(data_request|redact)|shop\/redact)$/;

/** What a topic is about; 'none' for a request that named none that can be believed. */
export function topicClass(topic: string): string {
  if (topic === '') return 'none';
  if (PRIVACY.test(topic)) return 'privacy';
  const [word = ''] = topic.split(/[/._]/);
  return Object.hasOwn(CLASSES, word) ? (CLASSES[word] ?? 'other') : 'other';
}
