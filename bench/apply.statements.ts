// The peer's statements, each prepared once.
import type Sqlite from 'better-sqlite3';

const insert = (table: string, columns: string): string =>
  `INSERT INTO ${table} (${columns}) VALUES (${columns.split(', ').map((name) => `@${name}`)})`;

const CUSTOMER =
  'shop_id, id, platform_id, email, phone, first_name, last_name, locale, country, note, registered_at, updated_at, triggered_at, body_hash, created_at';
const ORDER =
  'shop_id, id, platform_id, number, customer_id, placed_at, placed_day, paid_at, deleted, financial, counts, test, currency, total, refunded, plain_refunds, shipping, tax, discount, credit_paid, net, source, checkout_token, discount_codes, earns, updated_at, triggered_at, progress, body_hash';
const LINE =
  'shop_id, order_id, line, platform_id, product_id, variant_id, sku, title, vendor, quantity, unit_price, discount, tax_included, gift_card, refunded_quantity, refunded_amount';
const TRANSACTION =
  'shop_id, customer_id, seq, kind, idempotency_key, input_hash, order_id, rule_version, effective_at, posted_at, hash';
const POSTING = 'shop_id, customer_id, seq, line, account, lot, amount, available_at';
const LOT =
  'shop_id, source, rule, customer_id, granted, pending, available, reserved, redeemed, removed, expired, available_at';
const ACCOUNT = 'shop_id, customer_id, pending, available, reserved, lifetime_earned, spends, seq, hash';
const CART =
  'shop_id, token, lines, currency, total, created_at, activity_at, completed_at, order_platform_id, triggered_at, body_hash';

/** Every statement that applying needs. */
export const prepare = (db: Sqlite.Database) => ({
  begin: db.prepare('BEGIN IMMEDIATE'),
  commit: db.prepare('COMMIT'),
  due: db.prepare(
    `SELECT id, body, triggered_at FROM inbox WHERE shop_id = ? AND state = 'pending' AND due_at <= ? ORDER BY due_at, id LIMIT ?`,
  ),
  finish: db.prepare(
    `UPDATE inbox SET state = 'applied', attempts = 1, applied_at = ?, customer_id = ? WHERE shop_id = ? AND id = ?`,
  ),
  rules: db.prepare('SELECT version, rules FROM program_versions WHERE shop_id = ? ORDER BY version').pluck(false),
  identity: db
    .prepare(`SELECT customer_id FROM customer_identities WHERE shop_id = ? AND kind = 'platform' AND value = ?`)
    .pluck(),
  claim: db.prepare(insert('customer_identities', 'shop_id, kind, value, customer_id')),
  customer: db.prepare(insert('customers', CUSTOMER)),
  touch: db.prepare(
    'UPDATE customers SET updated_at = ?, triggered_at = ?, body_hash = ? WHERE shop_id = ? AND id = ? AND updated_at < ?',
  ),
  order: db.prepare(insert('orders', ORDER)),
  line: db.prepare(insert('order_lines', LINE)),
  cart: db.prepare(insert('carts', CART)),
  find: db.prepare('INSERT INTO customer_search VALUES (?, ?, ?)'),
  dirty: db.prepare('INSERT INTO insight_dirty (shop_id, customer_id) VALUES (?, ?) ON CONFLICT DO NOTHING'),
  account: db.prepare('SELECT seq, hash FROM points_accounts WHERE shop_id = ? AND customer_id = ?'),
  transaction: db.prepare(insert('points_transactions', TRANSACTION)),
  posting: db.prepare(insert('points_postings', POSTING)),
  lot: db.prepare(insert('points_lots', LOT)),
  putAccount: db.prepare(
    `${insert('points_accounts', ACCOUNT)} ON CONFLICT DO UPDATE
     SET available = available + @available, lifetime_earned = lifetime_earned + @available, seq = @seq, hash = @hash`,
  ),
  consent: db.prepare(
    `INSERT INTO customer_consents VALUES (@shop, @customer, 'email', 'subscribed', @at, 'checkout', @evidence)
     ON CONFLICT DO UPDATE SET at = @at, evidence = @evidence WHERE at < @at`,
  ),
});

export type Statements = ReturnType<typeof prepare>;
