import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';
import { PRODUCTS, type SandboxProduct } from '../store/sandbox.catalogue.ts';
import type { SandboxCustomer, SandboxOrder, WooCoupon } from '../store/sandbox.types.ts';
import type { WooWebhook } from '../store/woo.state.ts';
import { type Answer, failure, invalidId, invalidParameter, noRoute, refusedTo } from './woo.answers.ts';
import type { Caller } from './woo.auth.ts';
import { batchCoupons, couponJson, createCoupon, deleteCoupon, updateCoupon } from './woo.coupons.ts';
import { customerJson, ownerJson } from './woo.customers.ts';
import { type Listing, listed } from './woo.lists.ts';
import { orderJson, statusOf } from './woo.orders.ts';
import { resource } from './woo.payloads.ts';
import { productJson } from './woo.products.ts';
import { listedRefundJson, refundJson } from './woo.refunds.ts';
import { currentCurrency, generalSettings, systemStatus } from './woo.settings.ts';
import type { Woo } from './woo.types.ts';
import { batchWebhooks, createWebhook, deleteWebhook, updateWebhook, webhookJson } from './woo.webhooks.ts';

export type Call = { method: string; path: string; address: URL; body: unknown };

type RestDeps = {
  woo: Woo;
  ping(webhook: WooWebhook): Promise<void>;
  auth(call: { method: string; address: URL; authorization: string | undefined }): Caller;
};

const STATUSES = [
  'any',
  'trash',
  'auto-draft',
  'checkout-draft',
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
];

function orders(woo: Woo, address: URL): Answer {
  const query = address.searchParams;
  const wanted = [...query]
    .filter(([name]) => name === 'status' || name.startsWith('status['))
    .flatMap(([, value]) => value.split(','));
  const wrong = wanted.find((status) => !STATUSES.includes(status));
  if (wrong !== undefined) return invalidParameter('status', `status[0] is not one of ${STATUSES.join(', ')}.`);
  // Without a word about it, everything but what is in the trash: drafts of the checkout too.
  const every = wanted.length === 0 || wanted.includes('any');
  const customer = query.get('customer');
  const found = [...woo.store.orders.values()].filter((order) => {
    const status = statusOf(order, woo);
    if (every ? status === 'trash' : !wanted.includes(status)) return false;
    return customer === null || (order.customer?.platformId ?? '0') === customer;
  });
  const listing: Listing<SandboxOrder> = {
    json: (order) => orderJson(order, woo),
    id: ({ platformId }) => Number(platformId),
    createdAt: ({ placedAt }) => placedAt,
    modifiedAt: ({ version }) => version.updatedAt,
    orderBy: 'date',
    order: 'desc',
  };
  return listed(found, address, listing, woo);
}

function refundsOf(woo: Woo, order: SandboxOrder, address: URL): Answer {
  const listing: Listing<SandboxOrder['refunds'][number]> = {
    json: (refund) => refundJson(order, refund, woo.site),
    id: ({ platformId }) => Number(platformId),
    createdAt: ({ at }) => at,
    modifiedAt: ({ at }) => at,
    orderBy: 'date',
    order: 'desc',
  };
  return listed(order.refunds, address, listing, woo);
}

function allRefunds(woo: Woo, address: URL): Answer {
  const all = [...woo.store.orders.values()].flatMap((order) => order.refunds.map((refund) => ({ order, refund })));
  const listing: Listing<(typeof all)[number]> = {
    json: ({ order, refund }) => listedRefundJson(order, refund, woo.site),
    id: ({ refund }) => Number(refund.platformId),
    createdAt: ({ refund }) => refund.at,
    modifiedAt: ({ refund }) => refund.at,
    orderBy: 'date',
    order: 'desc',
  };
  return listed(all, address, listing, woo);
}

function customers(woo: Woo, address: URL): Answer {
  const query = address.searchParams;
  const email = query.get('email')?.toLowerCase();
  const role = query.get('role') ?? 'customer';
  const found = [...woo.store.customers.values()].filter((one) => email === undefined || one.email === email);
  const owner = role === 'all' || role === 'administrator';
  const shown: (SandboxCustomer | null)[] = [
    ...(owner && (email ?? 'owner@example.test') === 'owner@example.test' ? [null] : []),
    ...(role === 'all' || role === 'customer' ? found : []),
  ];
  const listing: Listing<SandboxCustomer | null> = {
    json: (customer) => (customer === null ? ownerJson(woo.site, woo.begins) : customerJson(customer, woo)),
    id: (customer) => Number(customer?.id ?? 1),
    createdAt: (customer) => customer?.createdAt ?? woo.begins,
    // What changed since a time cannot be asked for.
    modifiedAt: null,
    orderBy: 'id',
    order: 'asc',
  };
  return listed(shown, address, listing, woo);
}

function products(woo: Woo, address: URL): Answer {
  const listing: Listing<SandboxProduct> = {
    json: (product) => productJson(product, woo),
    id: ({ id }) => Number(id),
    createdAt: () => woo.begins,
    modifiedAt: () => woo.begins,
    orderBy: 'date',
    order: 'desc',
  };
  return listed(PRODUCTS, address, listing, woo);
}

function coupons(woo: Woo, address: URL): Answer {
  const code = address.searchParams.get('code')?.toLowerCase();
  const found = [...woo.store.coupons.values()].filter((coupon) => code === undefined || coupon.code === code);
  const listing: Listing<WooCoupon> = {
    json: (coupon) => couponJson(coupon, woo),
    id: ({ id }) => id,
    createdAt: ({ createdAt }) => createdAt,
    modifiedAt: ({ updatedAt }) => updatedAt,
    orderBy: 'date',
    order: 'desc',
  };
  return listed(found, address, listing, woo);
}

function webhooks(woo: Woo, address: URL): Answer {
  const status = address.searchParams.get('status') ?? 'all';
  const found = woo.state.webhooks.filter((webhook) => status === 'all' || webhook.status === status);
  const listing: Listing<WooWebhook> = {
    json: (webhook) => webhookJson(webhook, woo),
    id: ({ id }) => id,
    createdAt: ({ createdAt }) => createdAt,
    modifiedAt: ({ modifiedAt, createdAt }) => modifiedAt ?? createdAt,
    orderBy: 'date',
    order: 'desc',
  };
  return listed(found, address, listing, woo);
}

/** What reads: each path with what answers it. */
function read(woo: Woo, path: string, address: URL): Answer {
  const [type = '', id, part, partId] = path.split('/');
  const lists: Record<string, (woo: Woo, address: URL) => Answer> = {
    orders,
    customers,
    products,
    coupons,
    webhooks,
    refunds: allRefunds,
  };
  if (id === undefined)
    return lists[type]?.(woo, address) ?? (path === 'system_status' ? systemStatus(woo) : noRoute());
  if (path === 'data/currencies/current') return currentCurrency(woo);
  if (type === 'settings' && id === 'general') return generalSettings(woo, part);
  if (!/^\d+$/.test(id)) return noRoute();
  if (type === 'orders' && part === 'refunds') {
    const order = woo.store.orders.get(id);
    if (!order) return failure(404, 'woocommerce_rest_invalid_order_id', 'Invalid order ID.');
    if (partId === undefined) return refundsOf(woo, order, address);
    const refund = order.refunds.find(({ platformId }) => platformId === partId);
    return refund ? { status: 200, body: refundJson(order, refund, woo.site) } : invalidId('shop_order_refund');
  }
  if (part !== undefined) return noRoute();
  if (type === 'webhooks') {
    const webhook = woo.state.webhooks.find((known) => String(known.id) === id);
    return webhook ? { status: 200, body: webhookJson(webhook, woo) } : invalidId('shop_webhook');
  }
  return lists[type] && type !== 'refunds' ? resource(woo, type.slice(0, -1), id) : noRoute();
}

const bodyOf = (body: unknown): Json => (typeof body === 'object' && body !== null ? (body as Json) : {});

/** What writes: webhooks and coupons. */
async function write({ woo, ping }: RestDeps, { method, path, address, body }: Call): Promise<Answer> {
  const [type = '', id] = path.split('/');
  const force = ['1', 'true'].includes(address.searchParams.get('force') ?? '') || bodyOf(body).force === true;
  const put = method === 'PUT' || method === 'PATCH' || (method === 'POST' && id !== undefined);
  if (type === 'coupons') {
    if (id === 'batch' && put) return batchCoupons(woo, bodyOf(body));
    if (id === undefined) return method === 'POST' ? createCoupon(woo, bodyOf(body)) : noRoute();
    return method === 'DELETE' ? deleteCoupon(woo, Number(id), force) : updateCoupon(woo, Number(id), bodyOf(body));
  }
  if (type !== 'webhooks') return noRoute();
  if (id === 'batch' && put) return batchWebhooks(woo, bodyOf(body), ping);
  if (id === undefined) return method === 'POST' ? createWebhook(woo, bodyOf(body), ping) : noRoute();
  const webhook = woo.state.webhooks.find((known) => String(known.id) === id);
  if (!webhook) return invalidId('shop_webhook');
  return method === 'DELETE' ? deleteWebhook(woo, webhook, force) : updateWebhook(woo, webhook, bodyOf(body));
}

/** Answers a call below `wc/v3`. */
export async function answerRest(deps: RestDeps, call: Call, authorization: string | undefined): Promise<Answer> {
  const { method, path, address } = call;
  const caller = deps.auth({ method, address, authorization });
  if (!caller.ok) return caller.answer;
  const one = /\/\d+$/.test(path) || path.includes('/');
  if (caller.key === null || deps.woo.faults.ownerWithoutRights) {
    if (method === 'GET') return refusedTo(one ? 'view' : 'list');
    return refusedTo(method === 'DELETE' ? 'delete' : one ? 'edit' : 'create');
  }
  return method === 'GET' ? read(deps.woo, path, address) : write(deps, call);
}
