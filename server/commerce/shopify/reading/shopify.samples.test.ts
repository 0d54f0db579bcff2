import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DeliveryRefused } from '../../commerce.errors.ts';
import type { Change } from '../../commerce.types.ts';
import { isJson, parseBody } from '../../json.ts';
import { shopifyCommerce } from './shopify.commerce.ts';

const folder = fileURLToPath(new URL('../../../../../shared/samples/shopify', import.meta.url));
const shop = { currency: 'USD', timeZone: 'UTC', country: 'US' };

type Sample = { name: string; topic: string; body: Buffer };

const files = (kind: string) => readdirSync(`${folder}/${kind}`).filter((file) => file.endsWith('.json'));
const load = (file: string) => readFileSync(`${folder}/${file}`);

/** Cut out of the text, so that the ids keep the digits that they have there. */
function documented(file: string): Sample {
  const text = load(`documented/${file}`).toString();
  const { name } = JSON.parse(text) as { name: string };
  const body = text.slice(text.indexOf('"response":') + '"response":'.length, text.lastIndexOf('}'));
  return { name: file, topic: name, body: Buffer.from(body.replace(/,\s*"shop_feature":\s*\w+\s*$/, '')) };
}

const TOPICS: Readonly<Record<string, string>> = {
  orders: 'orders/updated',
  refunds: 'refunds/create',
  checkouts_update_2020_captured_pii_replaced: 'checkouts/update',
  '2025-04_orders_2': 'orders/edited',
  '2025-04_orders_3': 'orders/risk_assessment_changed',
};

/** Topic by file name: `2025-04_checkouts_1` is an update of a checkout, `orders_paid` says it. */
function captured(file: string): Sample {
  const name = file.replace('.json', '');
  const resource = /^\d{4}-\d\d_(.+)_\d+$/.exec(name)?.[1];
  const known = TOPICS[name] ?? TOPICS[resource ?? ''];
  const topic = known ?? (resource === undefined ? name.replace('_', '/') : `${resource}/update`);
  return { name: file, topic, body: load(`captured/${file}`) };
}

/** Shape samples say "example string" wherever a text stands, amounts and currencies included. */
function filled(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((entry) => filled(entry, key));
  if (isJson(value))
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, filled(entry, name)]));
  if (value !== 'example string') return value;
  if (key.startsWith('currency')) return 'USD';
  return key.endsWith('_at') ? '2019-01-01 00:00:00.000Z' : '12.00';
}

function outcome({ topic, body }: Sample): Change[] | DeliveryRefused {
  try {
    return shopifyCommerce.read({ topic, body, triggeredAt: 1, receivedAt: 2 }, shop);
  } catch (error) {
    if (error instanceof DeliveryRefused) return error;
    throw error;
  }
}

const present = existsSync(folder);
if (!present) console.log('skipped: no shared samples');

describe.skipIf(!present)('published and captured payloads', () => {
  const samples = present ? [...files('documented').map(documented), ...files('captured').map(captured)] : [];
  const named = (name: string) => outcome(samples.find((sample) => sample.name === name) as Sample);
  const first = (name: string): Change => {
    const result = named(name);
    if (result instanceof DeliveryRefused || result[0] === undefined) throw new Error(`${name} gave no change`);
    return result[0];
  };

  it.each(samples)('$name is read, ignored or refused with a reason', (sample) => {
    const result = outcome(sample);
    if (result instanceof DeliveryRefused) {
      expect(result.message).toMatch(/^Shopify's .* cannot be used: .*\.$/);
      expect(sample.body.toString()).toContain('example string');
      return;
    }
    expect(result.length).toBeGreaterThan(0);
    for (const change of result) if (change.kind === 'ignored') expect(change.reason).toMatch(/\w.*\.$/);
  });

  it.each(samples)('$name with amounts where texts stand is understood', (sample) => {
    const body = Buffer.from(JSON.stringify(filled(parseBody(sample.body, 'Shopify'))));
    const result = outcome({ ...sample, body });
    expect(result).not.toBeInstanceOf(DeliveryRefused);
  });

  it('orders_create (documented): ids by gid, amounts, consent', () => {
    const [order, consent] = named('orders_create.json') as Change[];
    expect(order).toMatchObject({
      kind: 'order',
      order: {
        platformId: '820982911946154508',
        number: '#9999',
        financial: 'voided',
        test: true,
        total: 40_495,
        discount: 2_000,
        shipping: 0,
        cancelledAt: Date.parse('2021-12-31T19:00:00-05:00'),
        customer: { platformId: '115310627314723954', email: 'john@example.com', country: 'CA' },
        lines: { 0: { platformId: '487817672276298554', unitPrice: 8_999 }, length: 5 },
      },
    });
    expect(consent).toMatchObject({ kind: 'consent', contact: { platformId: '115310627314723954' } });
  });

  it('orders_cancelled (captured): the whole money went back', () => {
    const result = outcome(captured('orders_cancelled.json')) as Change[];
    expect(result[0]).toMatchObject({
      order: {
        platformId: '5324790137142',
        financial: 'refunded',
        total: 180_638,
        shipping: 3_000,
        customer: { platformId: '6972527083830', phone: '+16135550135' },
        lines: [{ discount: 11_350 }, { discount: 20_997, quantity: 2 }],
        refunds: [
          {
            platformId: '945108681014',
            amount: 180_638,
            lines: [
              { lineId: '13924936679734', quantity: 1, amount: 58_645 },
              { lineId: '13924936712502', quantity: 2, amount: 118_993 },
            ],
          },
        ],
      },
    });
  });

  it('the others that matter most', () => {
    expect(first('orders_delete.json')).toMatchObject({ kind: 'order-deleted', orderId: '820982911946154500' });
    expect(first('refunds_create.json')).toMatchObject({
      kind: 'refund',
      refund: {
        platformId: '890088186047892319',
        amount: 8_500,
        lines: { 0: { lineId: '487817672276298554', amount: 8_999 } },
      },
    });
    expect(first('checkouts_create.json')).toMatchObject({
      cart: { token: '123123123', total: 42_188, lines: { length: 2 } },
    });
    expect(first('checkouts_delete.json')).toMatchObject({ kind: 'ignored' });
    expect(first('customers_merge.json')).toEqual({
      kind: 'ignored',
      reason: 'Only completed merges matter; this one is "failed".',
    });
    expect(first('customers_redact.json')).toMatchObject({
      contact: { platformId: '191167', email: 'john@example.com' },
      orderIds: ['299938', '280263', '220458'],
    });
    expect(first('customers_data_request.json')).toMatchObject({ requestId: '9999' });
    expect(first('customers_email_marketing_consent_update.json')).toMatchObject({
      contact: { email: 'bob@biller.com' },
      consent: { channel: 'email', state: 'unknown', at: 1 },
    });
    expect(first('customers_purchasing_summary.json')).toMatchObject({ kind: 'ignored' });
    expect(first('app_scopes_update.json')).toMatchObject({ scopes: ['read_products', 'write_products'] });
  });
});
