import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;
type Thing = Json & { id: number };
type Answer = { status?: number; body: unknown; headers?: Record<string, string> };
export type Asked = { method: string; path: string; query: URLSearchParams; body: unknown };

/** The store's own zone: three hours ahead, so that mixing its times up with UTC shows. */
const OFFSET_MS = 3 * 3_600_000;
const gmtText = (at: number): string => new Date(at).toISOString().slice(0, 19);
const localText = (at: number): string => gmtText(at + OFFSET_MS);

export const PLACED = Date.UTC(2025, 2, 1, 10);

/** An order as WooCommerce gives it: 100.00 EUR of goods by a guest, paid. Instants are epoch ms. */
export function wooOrderJson(
  id: number,
  { at = PLACED, modified = at, ...fields }: Json & { at?: number; modified?: number } = {},
): Thing {
  const who = {
    first_name: 'Ada',
    last_name: 'Quartz',
    company: '',
    address_1: '1 Test St',
    address_2: '',
    city: 'Sofia',
  };
  const address = { ...who, state: 'BG-22', postcode: '1000', country: 'BG', phone: '+35921234567' };
  return {
    id,
    parent_id: 0,
    status: 'processing',
    currency: 'EUR',
    version: '11.0.1',
    prices_include_tax: true,
    date_created: localText(at),
    date_modified: localText(modified),
    discount_total: '0.00',
    discount_tax: '0.00',
    shipping_total: '0.00',
    shipping_tax: '0.00',
    cart_tax: '0.00',
    total: '100.00',
    total_tax: '0.00',
    customer_id: 0,
    order_key: `wc_order_${id}`,
    billing: { ...address, email: 'ada@example.test' },
    shipping: address,
    payment_method: 'cod',
    payment_method_title: 'Cash on delivery',
    transaction_id: '',
    created_via: 'checkout',
    customer_ip_address: '127.0.0.1',
    customer_user_agent: 'node',
    customer_note: '',
    cart_hash: 'b'.repeat(32),
    date_completed: null,
    date_paid: null,
    number: String(id),
    meta_data: [],
    line_items: [
      {
        id: id * 10,
        name: 'Tea',
        product_id: 900,
        variation_id: 0,
        quantity: 1,
        tax_class: '',
        subtotal: '100.00',
        subtotal_tax: '0.00',
        total: '100.00',
        total_tax: '0.00',
        taxes: [],
        meta_data: [],
        sku: 'TEA',
        price: 100,
        global_unique_id: '',
        image: { id: '', src: '' },
        parent_name: null,
      },
    ],
    tax_lines: [],
    shipping_lines: [],
    fee_lines: [],
    coupon_lines: [],
    refunds: [],
    is_editable: false,
    needs_payment: false,
    needs_processing: true,
    currency_symbol: '€',
    payment_url: `https://shop.example.test/${id}`,
    date_created_gmt: gmtText(at),
    date_modified_gmt: gmtText(modified),
    date_completed_gmt: null,
    date_paid_gmt: null,
    ...fields,
  };
}

/** An account as WooCommerce gives it. */
export function wooCustomerJson(id: number, { at = PLACED, ...fields }: Json & { at?: number } = {}): Thing {
  const billing = { first_name: 'Ada', last_name: 'Quartz', country: 'BG', email: `c${id}@example.test`, phone: '' };
  return {
    id,
    date_created: localText(at),
    date_created_gmt: gmtText(at),
    date_modified: null,
    date_modified_gmt: null,
    email: `c${id}@example.test`,
    first_name: 'Ada',
    last_name: 'Quartz',
    role: 'customer',
    username: `c${id}`,
    billing,
    shipping: {},
    is_paying_customer: false,
    avatar_url: '',
    meta_data: [],
    ...fields,
  };
}

/** A product as WooCommerce gives it. */
export const wooProductJson = (id: number, { at = PLACED, ...fields }: Json & { at?: number } = {}): Thing => ({
  id,
  name: 'Tea',
  type: 'simple',
  status: 'publish',
  date_created_gmt: gmtText(at),
  date_modified_gmt: gmtText(at),
  categories: [{ id: 15, name: 'Teas', slug: 'teas' }],
  tags: [],
  brands: [],
  ...fields,
});

/** A refund of an order, of some amount; with `line`, of goods. */
export const wooRefundJson = (id: number, order: number, { at = PLACED, amount = '40.00', line = 0 } = {}): Thing => ({
  id,
  parent_id: order,
  date_created: localText(at),
  date_created_gmt: gmtText(at),
  amount,
  reason: '',
  refunded_by: 1,
  refunded_payment: false,
  meta_data: [],
  shipping_lines: [],
  fee_lines: [],
  line_items:
    line === 0
      ? []
      : [
          {
            id: id * 10,
            name: 'Tea',
            product_id: 900,
            variation_id: 0,
            quantity: -1,
            total: `-${amount}`,
            subtotal: `-${amount}`,
            total_tax: '0.00',
            subtotal_tax: '0.00',
            meta_data: [{ id: 1, key: '_refunded_item_id', value: String(line) }],
          },
        ],
});

const NO_ROUTE = { code: 'rest_no_route', message: 'No route was found.', data: { status: 404 } };
const INVALID_ID = { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 404 } };
const REFUSED = { code: 'woocommerce_rest_cannot_view', message: 'Sorry.', data: { status: 401 } };

/**
 * For tests only: a store on this machine that answers as WooCommerce's REST API does, its traps included. What it holds is
 * in maps that tests change; `before` comes first in every request and may answer it.
 */
export class LoopbackStore {
  readonly orders = new Map<number, Thing>();
  readonly customers = new Map<number, Thing>();
  readonly products = new Map<number, Thing>();
  readonly refunds = new Map<number, Thing>();
  readonly webhooks = new Map<number, Thing>();
  readonly asked: Asked[] = [];
  index: Json = { name: 'Tea', timezone_string: 'Europe/Sofia', gmt_offset: 3 };
  currency = 'EUR';
  /** The keys were revoked. */
  revoked = false;
  /** From before WooCommerce 9: no list of all refunds. */
  old = false;
  before: (asked: Asked) => Answer | null | undefined = () => null;
  url = '';
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async open(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  put(things: Map<number, Thing>, ...all: Thing[]): void {
    for (const thing of all) things.set(thing.id, thing);
  }

  /** A refund, as the order lists it. */
  refund(refund: Thing): void {
    this.refunds.set(refund.id, refund);
    const order = this.orders.get(Number(refund.parent_id));
    const listed = { id: refund.id, reason: '', total: `-${refund.amount}` };
    if (order) order.refunds = [...(order.refunds as Json[]), listed];
  }

  /** Deletes a refund as WooCommerce does: nothing else of the order changes. */
  unrefund(id: number): void {
    const order = this.orders.get(Number(this.refunds.get(id)?.parent_id));
    this.refunds.delete(id);
    if (order) order.refunds = (order.refunds as Thing[]).filter((refund) => refund.id !== id);
  }

  /** Requests to a path of the API. */
  askedFor = (path: string): Asked[] => this.asked.filter((one) => one.path === path);

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '', this.url);
    const text = Buffer.concat(chunks).toString();
    const path = url.pathname.replace(/^\/wp-json\/(?:wc\/v3\/)?/, '');
    const body = text === '' ? null : (JSON.parse(text) as unknown);
    const asked: Asked = { method: request.method ?? '', path, query: url.searchParams, body };
    this.asked.push(asked);
    const { status = 200, body: answer, headers = {} } = this.before(asked) ?? this.#answer(asked);
    const html = typeof answer === 'string';
    response.writeHead(status, { 'content-type': html ? 'text/html' : 'application/json; charset=UTF-8', ...headers });
    response.end(html ? answer : JSON.stringify(answer));
  }

  #answer({ method, path, query, body }: Asked): Answer {
    if (path === '') return { body: { ...this.index, namespaces: ['wc/v3'] } };
    if (this.revoked) return { status: 401, body: REFUSED };
    const [list = '', id, sub] = path.split('/');
    if (list === 'webhooks') return this.#hooks(method, id, query, body as Json);
    if (path === 'data/currencies/current') return { body: { code: this.currency, name: 'x', symbol: 'x' } };
    if (list === 'settings') return { body: { id: 'woocommerce_default_country', value: 'BG:BG-22' } };
    if (list === 'refunds')
      return this.old ? { status: 404, body: NO_ROUTE } : this.#list([...this.refunds.values()], query);
    if (list === 'customers') return this.#list(this.#accounts(query), query);
    if (list === 'products') return this.#list([...this.products.values()], query);
    if (list !== 'orders') return { status: 404, body: NO_ROUTE };
    if (id === undefined) return this.#list(this.#ordersOf(query), query);
    const order = this.orders.get(Number(id));
    if (!order) return { status: 404, body: INVALID_ID };
    if (sub !== 'refunds') return { body: order };
    return this.#list(
      [...this.refunds.values()].filter(({ parent_id: of }) => of === order.id),
      query,
    );
  }

  #accounts(query: URLSearchParams): Thing[] {
    const role = query.get('role') ?? 'customer';
    return [...this.customers.values()].filter((one) => role === 'all' || one.role === role);
  }

  #ordersOf(query: URLSearchParams): Thing[] {
    const status = query.get('status') ?? 'any';
    const shown = ({ status: its }: Thing) =>
      status === 'any' ? its !== 'trash' && its !== 'auto-draft' : its === status;
    return [...this.orders.values()].filter(shown);
  }

  /** `modified_after` is exclusive, and a zone together with `dates_are_gmt` shifts it. Customers know no such thing. */
  #list(all: Thing[], query: URLSearchParams): Answer {
    const after = query.get('modified_after');
    const gmt = query.get('dates_are_gmt') === 'true';
    const field = gmt ? 'date_modified_gmt' : 'date_modified';
    const from = after && (after.endsWith('Z') ? localText(Date.parse(after)) : after);
    const include = query.get('include')?.split(',').map(Number);
    const found = all
      .filter((thing) => !from || thing[field] === undefined || String(thing[field]) > from)
      .filter(({ id }) => include === undefined || include.includes(id));
    const byDate = /date/.test(query.get('orderby') ?? 'date');
    const keyOf = (thing: Thing) => (byDate ? Date.parse(`${String(thing.date_created_gmt)}Z`) : thing.id);
    const sign = (query.get('order') ?? 'desc') === 'asc' ? 1 : -1;
    found.sort((a, b) => sign * (keyOf(a) - keyOf(b) || a.id - b.id));
    const size = Math.min(100, Number(query.get('per_page') ?? 10));
    const offset = Number(query.get('offset') ?? (Number(query.get('page') ?? 1) - 1) * size);
    const page = found.slice(offset, offset + size);
    // Past the end the total reads 0.
    const total = page.length === 0 ? 0 : found.length;
    const headers = { 'x-wp-total': String(total), 'x-wp-totalpages': String(Math.ceil(total / size)) };
    const only = query.get('_fields')?.split(',');
    const shown = only ? page.map((thing) => Object.fromEntries(only.map((name) => [name, thing[name]]))) : page;
    return { body: shown, headers };
  }

  #hooks(method: string, id: string | undefined, query: URLSearchParams, body: Json): Answer {
    if (method === 'GET' && id === undefined) return this.#list([...this.webhooks.values()], query);
    if (method === 'POST' && id === undefined) {
      const made = { status: 'active', ...body, id: 1 + Math.max(0, ...this.webhooks.keys()) };
      this.webhooks.set(made.id, made);
      return { status: 201, body: made };
    }
    const known = this.webhooks.get(Number(id));
    if (!known) return { status: 404, body: INVALID_ID };
    if (method === 'DELETE') this.webhooks.delete(known.id);
    else if (method !== 'GET') this.webhooks.set(known.id, { ...known, ...body });
    return { body: this.webhooks.get(known.id) ?? known };
  }
}
