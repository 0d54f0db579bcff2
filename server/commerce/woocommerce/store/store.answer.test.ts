import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimed, faultOf, jsonOf, listOf, retryAfterMs } from './store.answer.ts';
import { replayed, samplesPresent } from './store.fixtures.ts';

const NOW = Date.UTC(2026, 10, 22);
const read = (text: string) => jsonOf(Buffer.from(text));
const fault = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return faultOf({ status, headers, body: Buffer.from(text) }, NOW);
};

test('a byte order mark and notices of PHP before the document do not spoil it', () => {
  expect(read('\uFEFF{"a":1}')).toEqual({ a: 1 });
  expect(read('\n\n[1]')).toEqual([1]);
  const html =
    '<br />\n<b>Deprecated</b>:  Creation of dynamic property X::$y in <b>/srv/{app}/x.php</b> on line <b>3</b><br />\n[{"id":7}]';
  expect(read(html)).toEqual([{ id: 7 }]);
  expect(read('\nNotice: Undefined index: [a] in /srv/x.php on line 9\n{"id":7}')).toEqual({ id: 7 });
  expect(read('\uFEFFWarning: x in /srv/x.php on line 1\n\uFEFF{"id":[{}]}')).toEqual({ id: [{}] });
});

test('a comment of a cache or a notice behind the document does not spoil it', () => {
  expect(read('{"id":7}\n<!-- Cached by a plugin, 0.3 s -->')).toEqual({ id: 7 });
  expect(read('[{"id":7}]<br />\n<b>Warning</b>: x in <b>/a.php</b> on line <b>1</b><br />')).toEqual([{ id: 7 }]);
  expect(read('{"id":7}\nPHP Deprecated: x in /a.php on line 1')).toEqual({ id: 7 });
  expect(read('{"id":7}\nand more')).toBeUndefined();
  expect(read('[{"id":7},{"id":8}\n<!-- cut -->')).toBeUndefined();
});

test('any document comes out of what a badly set up store puts around it as it went in', () => {
  const before = [
    '',
    '\uFEFF',
    '\n\n',
    '\nNotice: Undefined index: {a} in /srv/[x].php on line 9\n',
    '<br />\n<b>Warning</b>:  x<br />\n\uFEFF',
  ];
  const behind = ['', '\n', '\n<!-- cached -->', '<br />\n<b>Notice</b>: y on line 2<br />'];
  const documents = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
  fc.assert(
    fc.property(documents, fc.constantFrom(...before), fc.constantFrom(...behind), (json, head, tail) => {
      const text = JSON.stringify(json);
      expect(read(`${head}${text}${tail}`)).toEqual(JSON.parse(text));
      // Cut anywhere, it is nothing.
      if (text.length > 2) expect(read(`${head}${text.slice(0, -1)}`)).toBeUndefined();
    }),
  );
});

test('half a document, or a page with JSON in it, is no answer', () => {
  expect(read('<!doctype html><script>\n{"a":1}')).toBeUndefined();
  expect(read('<html>Warning\n{"a":1}')).toBeUndefined();
  expect(read('<p>There has been a critical error on this website.</p>')).toBeUndefined();
  expect(read('Warning: x on line 1\n[{"id":7},{"id":8}')).toBeUndefined();
  expect(read('Warning: x on line 1\n{"id":7}<p>more</p>')).toBeUndefined();
  expect(read('')).toBeUndefined();
  const many = `Notice: ${'\n['.repeat(50_000)}`;
  expect(read(many)).toBeUndefined();
});

test('Retry-After holds seconds or a date', () => {
  expect(retryAfterMs('120', NOW)).toBe(120_000);
  expect(retryAfterMs('0.5', NOW)).toBe(500);
  expect(retryAfterMs(new Date(NOW + 5_000).toUTCString(), NOW)).toBe(5_000);
  expect(retryAfterMs(new Date(NOW - 5_000).toUTCString(), NOW)).toBe(0);
  expect(retryAfterMs('999999', NOW)).toBe(86_400_000);
  for (const text of [undefined, '', '-1', 'soon', '1e9', '2026'.repeat(9)]) expect(retryAfterMs(text, NOW)).toBeNull();
});

test('what the store claims about its pages is a whole number or nothing', () => {
  expect([claimed('16'), claimed(' 0 ')]).toEqual([16, 0]);
  expect([undefined, '', '-1', '1.5', 'many', '99999999999'].map(claimed)).toEqual(Array(6).fill(null));
});

test('a list with gaps, which PHP writes as an object, is a list; an error is none', () => {
  expect(listOf([1])).toEqual([1]);
  expect(listOf({ 1: 'a', 7: 'b' })).toEqual(['a', 'b']);
  for (const json of [{}, { code: 'x' }, null, 'text', 1]) expect(listOf(json)).toBeNull();
});

test.each([
  [401, { code: 'woocommerce_rest_cannot_view' }, 'keys_refused', false],
  [401, { code: 'woocommerce_rest_authentication_error', message: 'کلید' }, 'keys_refused', false],
  [403, { code: 'woocommerce_rest_cannot_create' }, 'permission', false],
  [401, { code: 'rest_not_logged_in' }, 'blocked', true],
  [403, { code: 'rest_forbidden' }, 'blocked', true],
  [401, '<html>Authorization Required', 'not_json', true],
  [403, '<html>Forbidden by a firewall', 'not_json', true],
  [406, 'Not Acceptable', 'not_json', true],
  [404, { code: 'rest_no_route' }, 'no_api', false],
  [404, '<html>Page not found', 'no_api', false],
  [404, { code: 'woocommerce_rest_shop_order_invalid_id' }, 'not_found', false],
  [400, { code: 'woocommerce_rest_shop_webhook_invalid_id' }, 'not_found', false],
  [410, { code: 'woocommerce_rest_already_trashed' }, 'not_found', false],
  [400, { code: 'woocommerce_rest_invalid_coupon', message: 'No' }, 'refused', false],
  [501, { code: 'woocommerce_rest_trash_not_supported' }, 'refused', false],
  [429, '', 'throttled', true],
  [500, { code: 'internal_server_error' }, 'unavailable', true],
  [502, '<html>Bad gateway', 'unavailable', true],
  [503, '<html>Briefly unavailable for scheduled maintenance', 'unavailable', true],
  [524, '', 'unavailable', true],
  [408, '', 'unavailable', true],
])('status %i with %j is woocommerce.%s', (status, body, code, retryable) => {
  expect(fault(status, body)).toMatchObject({ code: `woocommerce.${code}`, retryable });
});

test('plain permalinks: where the API has no address of its own, the owner is told what to set', () => {
  const unfound = fault(404, '<!doctype html><title>Page not found</title>');
  expect(unfound).toMatchObject({ code: 'woocommerce.no_api', status: 409, retryable: false });
  expect(unfound.message).toMatch(/Settings → Permalinks/);
});

test('patience that the store asks for is in the error', () => {
  expect(fault(429, '', { 'retry-after': '7' }).details).toMatchObject({ retryAfterMs: 7_000 });
  const maintenance = fault(503, '<html>', { 'retry-after': '600' });
  expect(maintenance).toMatchObject({ code: 'woocommerce.throttled', details: { retryAfterMs: 600_000 } });
});

test('what a store says is cut, and its code kept', () => {
  const error = fault(400, { code: 'x'.repeat(500), message: 'm'.repeat(5_000) });
  expect(error.message.length).toBeLessThan(300);
  expect(String(error.details?.code).length).toBe(100);
  expect(fault(400, { code: 7 }).details).toMatchObject({ code: '7' });
});

test.skipIf(!samplesPresent)('true refusals: a revoked key and a missing permission look the same', () => {
  const codeOf = (name: string) => {
    const { status, headers, json } = replayed(name);
    return fault(status, json, headers).code;
  };
  for (const name of ['rest.bad-key', 'rest.bad-secret', 'rest.unauthorised'])
    expect(codeOf(name)).toBe('woocommerce.keys_refused');
  expect(codeOf('rest.order-404')).toBe('woocommerce.not_found');
  expect(codeOf('rest.webhook-bad-topic')).toBe('woocommerce.refused');
  expect(codeOf('rest.coupon-duplicate')).toBe('woocommerce.refused');
});
