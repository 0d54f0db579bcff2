import { describe, expect, test } from 'vitest';
import { mentions } from './forget.rules.ts';

const speaks = mentions({ emails: ['ada@example.test'], phones: ['+12025550123'], ids: ['501', '6100000000001'] });
const finds = (body: unknown) => speaks(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

describe('a body about the person is recognised', () => {
  test.each([
    ['e-mail', { email: 'ada@example.test' }],
    ['e-mail in capitals within a text', { note: 'write to Ada@Example.TEST.' }],
    ['e-mail in broken JSON', '{"email":"ada@example.test"'],
    ['e-mail with escapes', '{"email":"ada\\u0040example.test"}'],
    ['phone', { phone: '+12025550123' }],
    ['phone as people write it', { phone: '(202) 555-0123' }],
    ['phone with a leading zero', { phone: '0202 555 0123' }],
    ['phone in Persian digits', { phone: '۲۰۲۵۵۵۰۱۲۳' }],
    [
      'phone in Arabic digits, as PHP escapes them',
      '{"phone":"\\u0662\\u0660\\u0662 \\u0665\\u0665\\u0665\\u0660\\u0661\\u0662\\u0663"}',
    ],
    ['long id', { customer_id: 6_100_000_000_001 }],
    ['short id that is said to be one', { customer: { id: 501, first_name: 'Ada' } }],
    ['short id of a gid', { customerId: 'gid://shopify/Customer/501' }],
    ['gid with escaped slashes', '{"customerId":"gid:\\/\\/shopify\\/Customer\\/501"}'],
  ])('by %s', (_by, body) => expect(finds(body)).toBe(true));
});

describe('a body about somebody else is left alone', () => {
  test.each([
    ['a longer e-mail', { email: 'xada@example.test' }],
    ['a longer domain', { email: 'ada@example.test.org' }],
    ['a longer top level', { email: 'ada@example.tests' }],
    ['digits of a longer number', { id: 912_025_550_123_000 }],
    ['a short number that may be anything', { quantity: 501, id: 501 }],
    ['a longer id', { customer: { id: 5_010 } }],
    ['nothing', ''],
  ])('%s', (_what, body) => expect(finds(body)).toBe(false));
  test('where there is nothing to go by', () => {
    expect(mentions({ emails: [], phones: [], ids: [] })(Buffer.from('anything'))).toBe(false);
  });
});
