import { describe, expect, test } from 'vitest';
import { connect as EN } from '../../../words/en/connect.ts';
import { connect as FA } from '../../../words/fa/connect.ts';
import { callerOf } from './connect.limits.ts';
import { callbackFault, isSameSite, siteOfAgent } from './connect.rules.ts';
import { troubleOf } from './connect.troubles.ts';
import { profileOf, type SiteIndex } from './profile.rules.ts';

describe('callback_url must be https, on the ports 443, 80 or 8080, at a public address', () => {
  test.each([
    ['https://loyalty.example.test', null],
    ['https://loyalty.example.test:8080', null],
    ['https://loyalty.example.test:80', null],
    ['https://8.8.8.8', null],
    ['https://loyalty.example.test:8443', 'app_url_unfit'],
    ['http://loyalty.example.test', 'app_url_unfit'],
    ['http://localhost:3000', 'app_url_unfit'],
    ['https://localhost', 'app_url_unfit'],
    ['https://app.localhost', 'app_url_unfit'],
    ['https://intranet', 'app_url_unfit'],
    ['https://nas.local', 'app_url_unfit'],
    ['https://127.0.0.1', 'app_url_unfit'],
    ['https://10.1.2.3', 'app_url_unfit'],
    ['https://169.254.169.254', 'app_url_unfit'],
    ['https://[::1]', 'app_url_unfit'],
    ['https://[fd00::1]', 'app_url_unfit'],
    [undefined, 'app_url_missing'],
  ])('%s: %s', (url, fault) => {
    expect(callbackFault(url, false)).toBe(fault);
    expect(callbackFault(url, true)).toBe(url === undefined ? 'app_url_missing' : null);
  });
});

describe('the site that sends', () => {
  test('stands behind the name of WordPress, where a plugin has not changed it', () => {
    expect(siteOfAgent('WordPress/7.1; https://shop.example.test')).toBe('https://shop.example.test');
    expect(siteOfAgent('WordPress/6.5.5; http://shop.example.test/fa')).toBe('http://shop.example.test/fa');
    for (const agent of [undefined, '', 'node', 'WordPress/7.1', 'WordPress/7.1; nothing', 'curl; https://a.test']) {
      expect(siteOfAgent(agent)).toBeNull();
    }
    // Under such a name the world does not know it, so that it says nothing.
    for (const inner of ['localhost:18443', '127.0.0.1', '[::1]', 'wordpress', '10.0.0.7:8080']) {
      expect(siteOfAgent(`WordPress/7.1; https://${inner}`)).toBeNull();
    }
  });

  test('is the same with www., at another port and in another folder', () => {
    expect(isSameSite('https://www.shop.example.test/fa', 'http://shop.example.test:8080')).toBe(true);
    expect(isSameSite('https://shop.example.test', 'https://evil.example.test')).toBe(false);
    expect(isSameSite('https://shop.example.test', 'https://shop.example.test.evil.test')).toBe(false);
  });
});

describe('who calls', () => {
  const from = (remoteAddress: string, forwarded?: string) =>
    callerOf({
      socket: { remoteAddress } as never,
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    });
  test('is the connection’s other end, or whom our own proxy saw last', () => {
    expect(from('203.0.114.9')).toBe('203.0.114.9');
    expect(from('127.0.0.1', '198.51.101.7, 203.0.114.9')).toBe('203.0.114.9');
    expect(from('::ffff:10.0.0.2', '203.0.114.9')).toBe('203.0.114.9');
  });
  test('is not whom a stranger says it is', () => {
    expect(from('203.0.114.9', '198.51.101.7')).toBe('203.0.114.9');
    expect(from('127.0.0.1', '198.51.101.7, nonsense')).toBe('127.0.0.1');
    expect(from('127.0.0.1', '10.0.0.1')).toBe('127.0.0.1');
  });
});

describe('a store’s profile', () => {
  const index: SiteIndex = { name: 'Tea', timezone_string: 'Europe/Sofia', gmt_offset: 2 };
  const said = { index, currency: 'EUR', country: 'BG:BG-22', language: 'en_US' };
  const zone = (timezone_string: string | null, gmt_offset: number | null) =>
    profileOf({ ...said, index: { name: null, timezone_string, gmt_offset } }).timeZone;

  test('has the zone by its name, or by the offset that WordPress was set to', () => {
    expect(zone('Asia/Tehran', 3.5)).toBe('Asia/Tehran');
    expect(zone('', 3.5)).toBe('+03:30');
    expect(zone('', -9.5)).toBe('-09:30');
    expect(zone('', 5.75)).toBe('+05:45');
    expect(zone('', 0)).toBe('UTC');
    expect(zone('Mars/Olympus', 2)).toBe('+02:00');
    expect(zone(null, null)).toBeNull();
    expect(zone('', 99)).toBeNull();
    expect(profileOf({ ...said, index: null })).toMatchObject({ timeZone: null, name: null });
  });

  test('begins in Persian, with the Persian calendar, where it speaks Persian and lives in Iran', () => {
    const of = (language: string | null, name: string, hours = 0) => {
      const there = { name: null, timezone_string: name, gmt_offset: hours };
      const { locale, calendar } = profileOf({ ...said, language, index: there });
      return `${locale} ${calendar}`;
    };
    expect(of('fa_IR', 'Asia/Tehran')).toBe('fa persian');
    expect(of('fa', '', 3.5)).toBe('fa persian');
    expect(of('fa_IR', 'Europe/Berlin')).toBe('fa gregory');
    expect(of('en_US', 'Asia/Tehran')).toBe('en gregory');
    expect(of('fat', 'Asia/Tehran')).toBe('en gregory');
    expect(of(null, 'Asia/Tehran')).toBe('en gregory');
  });

  test('has a name without the signs of HTML, bounded', () => {
    const name = (text: string) => profileOf({ ...said, index: { ...index, name: text } }).name;
    expect(name('Ali &amp; Sons &#8211; &#039;Tea&#x27; &lt;3')).toBe("Ali & Sons – 'Tea' <3");
    expect(name('A &bogus; &#0; &#99999999; B')).toBe('A &bogus; &#0; &#99999999; B');
    expect(name('  ')).toBeNull();
    expect([...(name('چ'.repeat(400)) ?? '')]).toHaveLength(255);
  });

  test('has a country of two letters, or none', () => {
    const country = (text: string | null) => profileOf({ ...said, country: text }).country;
    expect([country('IR:THR'), country('DE'), country(''), country('Iran'), country(null)]).toEqual([
      ...['IR', 'DE', null, null, null],
    ]);
  });
});

describe('the words', () => {
  test('are there for every trouble in both languages, and in Persian in Persian', () => {
    expect(Object.keys(FA.troubles).sort()).toEqual(Object.keys(EN.troubles).sort());
    for (const told of [...Object.values(FA.troubles), FA.connected, FA.denied, FA.waiting, FA.insecure]) {
      expect(told.title).toMatch(/[\u0600-\u06ff]/);
      expect(told.text).toMatch(/[\u0600-\u06ff]/);
    }
  });

  test('explain every code that can come, and what nobody foresaw', () => {
    expect(troubleOf('woocommerce.unreachable')).toBe('unreachable');
    expect(troubleOf('woocommerce.address_refused')).toBe('private');
    expect(troubleOf('woocommerce.blocked')).toBe('not_json');
    expect(troubleOf('internal')).toBe('failed');
    expect(troubleOf('woocommerce.constructor')).toBe('failed');
  });
});
