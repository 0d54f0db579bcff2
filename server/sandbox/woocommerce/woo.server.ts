import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StoreFetch, StoreRequest } from '../../commerce/woocommerce/store/store.types.ts';

const MOST = 64 * 1024 * 1024;

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/**
 * Puts a store behind a real server on this machine, where a client's own HTTP is to be tried. What the store cannot answer
 * ends the connection, as a server that is down does.
 * @returns the server's address without a trailing slash, and how to close it
 */
export async function serveStore(
  fetchOf: (origin: string) => StoreFetch,
): Promise<{ origin: string; close(): Promise<void> }> {
  let fetch: StoreFetch | undefined;
  const server: Server = createServer((request, response) => {
    void (async () => {
      const text = await textOf(request);
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const answer = await fetch?.({
        method: request.method as StoreRequest['method'],
        url: `${origin}${request.url}`,
        headers,
        body: text === '' ? null : text,
        timeoutMs: 60_000,
        maxBytes: MOST,
      });
      if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
    })().catch(() => request.socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fetch = fetchOf(origin);
  return {
    origin,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
