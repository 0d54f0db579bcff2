// The peer: the same inbox applied by a script written for nothing else. Plain synchronous code over prepared statements,
// which writes the rows that the app writes but knows no refunds, no late or repeated deliveries, no merging customers,
// no rules besides points for money spent, and no second database.
import { hash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { termsOf } from '../server/customers/search.rules.ts';
import { systemClock } from '../server/shared/clock.ts';
import { randomIds } from '../server/shared/ids.ts';
import { nationalNumber } from '../server/shared/text.ts';
import { prepare } from './apply.statements.ts';

/** As many deliveries a transaction as the app takes. */
const BATCH = 64;
const GENESIS = '0'.repeat(64);
const SHOP = 1;

type Delivery = { id: string; body: Buffer; triggered_at: number };
type Line = Record<'sku' | 'title' | 'vendor' | 'price', string> &
  Record<'id' | 'product_id' | 'variant_id' | 'quantity', number> & {
    gift_card: boolean;
    discount_allocations: { amount: string }[];
  };
type Person = Record<'email' | 'phone' | 'first_name' | 'last_name' | 'note' | 'created_at' | 'updated_at', string> & {
  id: number;
};
type Payload = Record<'name' | 'created_at' | 'updated_at' | 'currency' | 'total_price' | 'total_tax', string> &
  Record<'total_discounts' | 'source_name' | 'checkout_token' | 'financial_status' | 'customer_locale', string> & {
    id: number;
    buyer_accepts_marketing: boolean;
    customer: Person;
    billing_address: { country_code: string };
    line_items: Line[];
    shipping_lines: { price: string }[];
  };
/** What the steps of one order share. */
type Order = { payload: Payload; id: string; customerId: string; at: number; net: number; day: string };

const db = new Sqlite((process.env.DATABASE_URL ?? '').replace('file:', ''), { timeout: 10_000 });
// As the app sets them.
for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) db.pragma(pragma);
for (const pragma of ['wal_autocheckpoint = 4000', 'cache_size = -32768']) db.pragma(pragma);
const sql = prepare(db);

/** The app's ids: they land at the end of an index, which random ones would not. */
const ids = randomIds(systemClock);
const sha256 = (data: string | Buffer): string => hash('sha256', data, 'hex');
const cents = (amount: string): number => Math.round(Number(amount) * 100);
const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', dateStyle: 'short' });

const { version, rules } = sql.rules.get(SHOP) as { version: number; rules: string };
const { points: perUnit, per } = (JSON.parse(rules) as { earning: { points: number; per: number }[] }).earning[0] ?? {
  points: 0,
  per: 1,
};

function customerOf(
  { customer, customer_locale: locale, billing_address: where }: Payload,
  bodyHash: string,
  sent: number,
) {
  const platformId = String(customer.id);
  const updatedAt = Date.parse(customer.updated_at);
  const known = sql.identity.get(SHOP, platformId) as string | undefined;
  if (known !== undefined) {
    sql.touch.run(updatedAt, sent, bodyHash, SHOP, known, updatedAt);
    return known;
  }
  const id = ids.next();
  const { email, phone, first_name, last_name, note } = customer;
  const version = { updated_at: updatedAt, triggered_at: sent, body_hash: bodyHash, created_at: Date.now() };
  const said = { email, phone, first_name, last_name, note, registered_at: Date.parse(customer.created_at) };
  sql.customer.run({
    shop_id: SHOP,
    id,
    platform_id: platformId,
    ...said,
    locale,
    country: where.country_code,
    ...version,
  });
  sql.claim.run({ shop_id: SHOP, kind: 'platform', value: platformId, customer_id: id });
  sql.claim.run({ shop_id: SHOP, kind: 'email', value: email, customer_id: id });
  const name = { email, phone, firstName: first_name, lastName: last_name };
  for (const term of termsOf({ ...name, nationalPhone: phone === null ? null : nationalNumber(phone) })) {
    sql.find.run(SHOP, term, id);
  }
  return id;
}

const discountOf = (line: Line): number =>
  line.discount_allocations.reduce((sum, { amount }) => sum + cents(amount), 0);

function writeOrder({ payload, id, customerId, at, net, day }: Order, bodyHash: string, sent: number): void {
  const shipping = payload.shipping_lines.reduce((sum, { price }) => sum + cents(price), 0);
  sql.order.run({
    shop_id: SHOP,
    id,
    platform_id: String(payload.id),
    number: payload.name,
    customer_id: customerId,
    placed_at: at,
    placed_day: day,
    paid_at: at,
    deleted: 0,
    financial: payload.financial_status,
    counts: 1,
    test: 0,
    currency: payload.currency,
    total: net,
    refunded: 0,
    plain_refunds: '[]',
    shipping,
    net,
    tax: cents(payload.total_tax),
    discount: cents(payload.total_discounts),
    credit_paid: 0,
    earns: 1,
    source: payload.source_name,
    checkout_token: payload.checkout_token,
    discount_codes: '[]',
    updated_at: Date.parse(payload.updated_at),
    triggered_at: sent,
    body_hash: bodyHash,
    progress: '0:0000000000000000:1',
  });
  payload.line_items.forEach((line, index) => {
    sql.line.run({
      shop_id: SHOP,
      order_id: id,
      line: index,
      platform_id: String(line.id),
      sku: line.sku,
      title: line.title,
      product_id: String(line.product_id),
      variant_id: String(line.variant_id),
      vendor: line.vendor,
      quantity: line.quantity,
      unit_price: cents(line.price),
      discount: discountOf(line),
      tax_included: 0,
      gift_card: line.gift_card ? 1 : 0,
      refunded_quantity: 0,
      refunded_amount: 0,
    });
  });
  sql.cart.run({
    shop_id: SHOP,
    token: payload.checkout_token,
    lines: '[]',
    currency: 'USD',
    total: 0,
    created_at: 0,
    activity_at: -1,
    completed_at: at,
    order_platform_id: String(payload.id),
    triggered_at: 0,
    body_hash: '',
  });
}

/** Notes that the numbers have to follow; both sides pack them later, off this path. */
function writeNumbers({ customerId }: Order): void {
  sql.dirty.run(SHOP, customerId);
}

function writePoints({ payload, id, customerId, at }: Order): void {
  const worth = (line: Line) => (line.gift_card ? 0 : cents(line.price) * line.quantity - discountOf(line));
  const points = Math.floor((payload.line_items.reduce((sum, line) => sum + worth(line), 0) * perUnit) / per);
  if (points === 0) return;
  const account = sql.account.get(SHOP, customerId) as { seq: number; hash: string } | undefined;
  const seq = (account?.seq ?? 0) + 1;
  const lot = `${id}/spend`;
  const lines = [
    ['issued', lot, -points, at, null, null],
    ['available', lot, points, null, null, null],
  ];
  const input = sha256(JSON.stringify(['earn', customerId, id, version, null, lines]));
  const key = `earn:${id}:${customerId}:${seq}`;
  const posted = Date.now();
  const said = JSON.stringify([SHOP, customerId, seq, 'earn', key, input, id, version, null, at, posted]);
  const head = sha256((account?.hash ?? GENESIS) + said);
  sql.transaction.run({
    shop_id: SHOP,
    customer_id: customerId,
    seq,
    kind: 'earn',
    idempotency_key: key,
    input_hash: input,
    order_id: id,
    rule_version: version,
    effective_at: at,
    posted_at: posted,
    hash: head,
  });
  const posting = { shop_id: SHOP, customer_id: customerId, seq, lot };
  sql.posting.run({ ...posting, line: 0, account: 'issued', amount: -points, available_at: at });
  sql.posting.run({ ...posting, line: 1, account: 'available', amount: points, available_at: null });
  sql.lot.run({
    shop_id: SHOP,
    source: id,
    rule: 'spend',
    customer_id: customerId,
    granted: points,
    pending: 0,
    available: points,
    reserved: 0,
    redeemed: 0,
    removed: 0,
    expired: 0,
    available_at: at,
  });
  sql.putAccount.run({
    shop_id: SHOP,
    customer_id: customerId,
    pending: 0,
    available: points,
    reserved: 0,
    lifetime_earned: points,
    spends: 0,
    seq,
    hash: head,
  });
}

function apply({ id, body, triggered_at: sent }: Delivery): void {
  const payload = JSON.parse(body.toString('utf8')) as Payload;
  const bodyHash = sha256(body);
  const at = Date.parse(payload.created_at);
  const customerId = customerOf(payload, bodyHash, sent);
  const order: Order = {
    payload,
    id: ids.next(),
    customerId,
    at,
    net: cents(payload.total_price),
    day: days.format(at),
  };
  writeOrder(order, bodyHash, sent);
  writeNumbers(order);
  writePoints(order);
  if (payload.buyer_accepts_marketing) {
    sql.consent.run({ shop: SHOP, customer: customerId, at, evidence: `Order ${payload.name}` });
  }
  sql.finish.run(Date.now(), customerId, SHOP, id);
}

const began = performance.now();
let applied = 0;
for (;;) {
  const batch = sql.due.all(SHOP, Date.now(), BATCH) as Delivery[];
  if (batch.length === 0) break;
  sql.begin.run();
  for (const delivery of batch) apply(delivery);
  sql.commit.run();
  applied += batch.length;
}
const seconds = (performance.now() - began) / 1000;
db.close();
process.stdout.write(JSON.stringify({ applied, seconds }));
