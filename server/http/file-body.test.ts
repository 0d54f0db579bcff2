import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isAppError } from '../shared/errors.ts';
import { fileBody } from './file-body.ts';

/** What came of each request, in the order in which they ended. */
let outcomes: (number | string)[] = [];
const server = createServer(async (request, response) => {
  let outcome: number | string = 0;
  try {
    for await (const chunk of fileBody(request, 1)) outcome += chunk.length;
    response.end('taken');
  } catch (error) {
    outcome = isAppError(error) ? error.code : String(error);
    response.writeHead(isAppError(error) ? error.status : 500).end(outcome);
  }
  outcomes.push(outcome);
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => {
  outcomes = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const MEGABYTE = 1024 * 1024;
const to = () => ({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, method: 'POST' });

/** Sends so many bytes in pieces, and says what was answered. */
async function sent(bytes: number, headers: Record<string, string | number> = {}): Promise<number> {
  const outgoing = ask({ ...to(), headers });
  const answered = once(outgoing, 'response');
  for (let left = bytes; left > 0; left -= 65_536) outgoing.write(Buffer.alloc(Math.min(left, 65_536)));
  outgoing.end();
  const [answer] = await answered;
  answer.resume();
  return answer.statusCode;
}

test('hands on what comes, up to the limit', async () => {
  expect(await sent(0)).toBe(200);
  expect(await sent(MEGABYTE)).toBe(200);
  expect(outcomes).toEqual([0, MEGABYTE]);
});

test('what is larger is refused, and its sender gets to see that', async () => {
  expect(await sent(MEGABYTE + 1)).toBe(413);
  expect(await sent(8 * MEGABYTE)).toBe(413);
  expect(await sent(2 * MEGABYTE, { 'content-length': 2 * MEGABYTE })).toBe(413);
  expect(outcomes).toEqual(['api.too_large', 'api.too_large', 'api.too_large']);
});

test('what breaks off is no file', async () => {
  const outgoing = ask({ ...to(), headers: { 'content-length': MEGABYTE } });
  outgoing.on('error', () => undefined);
  outgoing.write(Buffer.alloc(1000), () => outgoing.destroy());
  await expect.poll(() => outcomes, { timeout: 5_000 }).toEqual(['api.broken_off']);
});
