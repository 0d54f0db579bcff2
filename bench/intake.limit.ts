// The least that taking a webhook in can cost: node:http reads it, its signature is checked, nothing is kept.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SECRET } from './orders.ts';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const expected = createHmac('sha256', SECRET).update(Buffer.concat(chunks)).digest();
    const given = Buffer.from(String(request.headers['x-shopify-hmac-sha256']), 'base64');
    response.statusCode = given.length === expected.length && timingSafeEqual(given, expected) ? 200 : 401;
    response.end();
  });
});
server.listen(0, () => console.log(`http://localhost:${(server.address() as AddressInfo).port}`));
