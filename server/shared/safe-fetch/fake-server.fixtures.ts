import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Certificate } from './certificates.fixtures.ts';

export type Asked = {
  method: string;
  /** As it stood in the first line of the request. */
  target: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
  body: string;
};

type Reply = { status?: number; headers?: Record<string, string>; json?: unknown; text?: string | Buffer };
/** For tests only: what a server answers; a function writes it by itself. */
export type Answer = Reply | ((response: ServerResponse) => void);

/** For tests only: a server of its own on this machine, closed when the test ends. */
export type FakeServer = {
  url: string;
  port: number;
  asked: Asked[];
  answer: (asked: Asked) => Answer | Promise<Answer>;
};

function write(response: ServerResponse, { status = 200, headers = {}, json, text = '' }: Reply): void {
  const type = { 'content-type': json === undefined ? 'text/html; charset=UTF-8' : 'application/json; charset=UTF-8' };
  response.writeHead(status, { ...type, ...headers });
  response.end(json === undefined ? text : JSON.stringify(json));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** For tests only: starts a server, with https where there is a certificate. */
export async function fakeServer(answer: FakeServer['answer'], certificate?: Certificate): Promise<FakeServer> {
  const fake: FakeServer = { url: '', port: 0, asked: [], answer };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://server.example.test');
    const asked = {
      method: request.method ?? '',
      target: request.url ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: await bodyOf(request),
    };
    fake.asked.push(asked);
    const reply = await fake.answer(asked);
    if (typeof reply === 'function') reply(response);
    else write(response, reply);
  };
  const listener: RequestListener = (request, response) => {
    serve(request, response).catch(() => request.destroy());
  };
  const server = certificate ? https.createServer(certificate, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.port = (server.address() as AddressInfo).port;
  fake.url = `${certificate ? 'https' : 'http'}://127.0.0.1:${fake.port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return fake;
}
