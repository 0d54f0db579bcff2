import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAddressLiteral, isLoopback, isLoopbackName, isPublicAddress } from './addresses.ts';

test.each([
  ['8.8.8.8', true],
  ['185.60.216.35', true],
  ['2606:4700:4700::1111', true],
  ['::ffff:8.8.8.8', true],
  ['64:ff9b::8.8.8.8', true],
  ['127.0.0.1', false],
  ['127.8.9.1', false],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['172.31.255.255', false],
  ['192.168.0.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['198.18.0.1', false],
  ['192.0.2.7', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['fe80::1%eth0', false],
  ['fc00::1', false],
  ['ff02::1', false],
  ['2001:db8::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:7f00:1', false],
  ['::127.0.0.1', false],
  ['64:ff9b::10.0.0.1', false],
  ['64:ff9b:1::a00:1', false],
  ['2002:7f00:1::', false],
  ['2001::1', false],
  ['4000::1', false],
  ['shop.example', false],
  ['', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});

const octet = fc.integer({ min: 0, max: 255 });
const hidden = fc.oneof(
  fc.tuple(fc.constant(10), octet, octet, octet),
  fc.tuple(fc.constant(127), octet, octet, octet),
  fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
  fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
  fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
);

test('an address of our own network stays one in every form that carries it', () => {
  fc.assert(
    fc.property(hidden, (octets) => {
      const dotted = octets.join('.');
      const hex = octets.map((value) => value.toString(16).padStart(2, '0')).join('');
      const halves = `${hex.slice(0, 4)}:${hex.slice(4)}`;
      const number = octets.reduce((sum, value) => sum * 256 + value, 0);
      const forms = [
        dotted,
        `::ffff:${dotted}`,
        `::ffff:${halves}`,
        `64:ff9b::${halves}`,
        `2002:${halves}::1`,
        `::${dotted}`,
      ];
      // As the URL parser reads numbers, octal and hex.
      const spelt = [String(number), `0x${hex}`, octets.map((value) => `0${value.toString(8)}`).join('.')].map(
        (name) => new URL(`http://${name}/`).hostname,
      );
      expect(spelt).toEqual([dotted, dotted, dotted]);
      expect(spelt.every(isAddressLiteral)).toBe(true);
      expect([...forms, ...spelt].filter(isPublicAddress)).toEqual([]);
    }),
  );
});

test.each([
  ['127.0.0.1', true],
  ['127.255.0.9', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['128.0.0.1', false],
  ['10.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['::', false],
  ['localhost', false],
  ['', false],
])('%s is this machine: %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});

test.each([
  ['localhost', true],
  ['LocalHost', true],
  ['tea.localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['127.0.0.1.example.test', false],
  ['localhost.example.test', false],
  ['example.test', false],
  ['evil@localhost', false],
  ['.localhost', false],
  ['10.0.0.1', false],
  ['[::2]', false],
  ['::1', false],
  ['', false],
])('%s leads to this machine: %s', (name, expected) => {
  expect(isLoopbackName(name)).toBe(expected);
});
