import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storeAddress } from './store.address.ts';

const url = (text: string) => {
  const address = storeAddress(text);
  return address.ok ? address.url : address.reason;
};

test.each([
  ['shop.example', 'https://shop.example'],
  ['  Shop.Example/ ', 'https://shop.example'],
  ['https://shop.example/fa/', 'https://shop.example/fa'],
  ['https://shop.example//fa//en//', 'https://shop.example/fa/en'],
  ['HTTPS://SHOP.EXAMPLE/Fa', 'https://shop.example/Fa'],
  ['shop.example:8443', 'https://shop.example:8443'],
  ['https://shop.example:443/', 'https://shop.example'],
  ['http://shop.example:80', 'http://shop.example'],
  ['http://shop.example:8080/', 'http://shop.example:8080'],
  ['//shop.example', 'https://shop.example'],
  ['shop.example.', 'https://shop.example'],
  ['https://shop.example/wp-admin/', 'https://shop.example'],
  ['https://shop.example/fa/wp-admin/admin.php?page=wc-settings&tab=advanced#x', 'https://shop.example/fa'],
  ['https://shop.example/wp-json/wc/v3/', 'https://shop.example'],
  ['https://shop.example/wp-login.php?redirect_to=%2F', 'https://shop.example'],
  ['https://shop.example/index.php', 'https://shop.example'],
  ['https://shop.example/index.php?rest_route=/', 'https://shop.example'],
  ['https://shop.example/#top', 'https://shop.example'],
  ['فروشگاه.example', 'https://xn--mgbtj4c7ad63e.example'],
  ['\u200fshop.example\u200e', 'https://shop.example'],
  ['münchen.example/laden', 'https://xn--mnchen-3ya.example/laden'],
  ['', 'empty'],
  [' \u200b ', 'empty'],
  [`shop.example/${'a'.repeat(2_000)}`, 'too_long'],
  ['ftp://shop.example', 'scheme'],
  ['https://me:secret@shop.example', 'credentials'],
  ['me@shop.example', 'credentials'],
  ['https://shop.example/?utm_source=x', 'query'],
  ['my shop', 'malformed'],
  ['https://', 'malformed'],
  ['shop.example:99999', 'malformed'],
  ['shop$.example', 'malformed'],
  ['.example', 'malformed'],
  ['shop..example', 'malformed'],
  ['-shop.example', 'malformed'],
  [`${'a'.repeat(64)}.example`, 'malformed'],
  ['localhost', 'private'],
  ['intranet:8080', 'private'],
  ['8.8.8.8', 'private'],
  ['http://2130706433/', 'private'],
  ['http://0x7f.1/', 'private'],
  ['http://[::1]:8080/', 'private'],
])('%j → %s', (text, expected) => {
  expect(url(text)).toBe(expected);
});

test('http is taken, and said to be insecure', () => {
  expect(storeAddress('http://shop.example:8080/fa')).toEqual({
    ok: true,
    url: 'http://shop.example:8080/fa',
    host: 'shop.example:8080',
    insecure: true,
  });
  expect(storeAddress('shop.example')).toMatchObject({ host: 'shop.example', insecure: false });
});

test('private stores are allowed where the operator says so, and nothing else is', () => {
  const allowed = (text: string) => storeAddress(text, { allowPrivate: true });
  expect(allowed('https://localhost:18443')).toMatchObject({ url: 'https://localhost:18443', host: 'localhost:18443' });
  expect(allowed('http://127.0.0.1:8080/shop')).toMatchObject({ url: 'http://127.0.0.1:8080/shop' });
  expect(allowed('http://[::1]:8080')).toMatchObject({ host: '[::1]:8080' });
  expect(allowed('http://me:secret@localhost')).toMatchObject({ ok: false, reason: 'credentials' });
});

test('a refusal is a sentence that says what to type', () => {
  for (const text of ['', 'ftp://a.example', 'a b', 'localhost']) {
    expect(storeAddress(text)).toMatchObject({ ok: false, message: expect.stringMatching(/^[A-Z].*\.$/) });
  }
});

test('whatever is typed, an address that is taken is taken again as it is', () => {
  const part = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('https://', 'http://', 'shop.example', '/fa', ':81', '@', '?', '/wp-admin', '//'),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const address = storeAddress(parts.join(''));
      if (!address.ok) return;
      expect(storeAddress(address.url)).toEqual(address);
      expect(address.url).toMatch(/^https?:\/\/[^/?#@\s]+\.[^/?#@\s]+(\/[^?#\s]*[^/?#\s])?$/);
    }),
  );
});
