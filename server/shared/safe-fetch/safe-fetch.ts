import { type LookupAddress, type LookupAllOptions, lookup as systemLookup } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { bareHost, isAddressLiteral, isPublicAddress } from '../addresses.ts';
import { addressRefused, FetchFailure, failureOf } from './failures.ts';
import type { SafeFetch, SafeRequest } from './safe-fetch.types.ts';

type Resolve = (
  name: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

export type SafeFetchOptions = {
  /** Lets addresses be of our own network too: for tests, and for those who run both. Lifts nothing but the check of addresses. */
  allowPrivate: boolean;
  /** Certificates (PEM) to trust besides none others; left out: the machine's. */
  ca?: string;
  /** Left out: the system's resolver. */
  resolve?: Resolve;
};

/** Some servers are generous with headers: plugins of WordPress are. */
const MAX_HEADER_BYTES = 64 * 1024;
const AGENT = {
  keepAlive: true,
  maxTotalSockets: 512,
  maxFreeSockets: 64,
  // Of a connection that nobody uses, in ms: shorter than most servers keep it, so that it seldom ends under a request.
  timeout: 4_000,
};

/** Resolves a name and gives on only what is public. The connection goes to what was checked, not to a second answer. */
const checkedLookup =
  (resolve: Resolve, allowPrivate: boolean): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const open = allowPrivate ? found : found.filter(({ address }) => isPublicAddress(address));
      const [first] = open;
      if (first === undefined) return callback(addressRefused(hostname), '', 0);
      if (options.all) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };

/** @throws FetchFailure address, scheme */
function targetOf(text: string, allowPrivate: boolean): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new FetchFailure('scheme', 'The address is not one of http or https.', {
      host: url?.host ?? '',
      sent: false,
    });
  if (url.username !== '' || url.password !== '') throw addressRefused(url.host);
  // A connection to an address asks no resolver, so that it has to be looked at here.
  if (!allowPrivate && isAddressLiteral(url.hostname) && !isPublicAddress(bareHost(url.hostname)))
    throw addressRefused(url.host);
  return url;
}

const tooLarge = (host: string) =>
  new FetchFailure('too_large', `${host} answered with more than was asked for.`, { host, sent: true });

/** The body as it was meant. What was packed is unpacked while it comes, so that the bound holds for the result. */
function unpacked(response: IncomingMessage): Readable {
  const unpack = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[(response.headers['content-encoding'] ?? '').trim().toLowerCase()];
  if (unpack === undefined) return response;
  const stream = unpack();
  response.on('error', (error) => stream.destroy(error));
  return response.pipe(stream);
}

async function bodyOf(
  response: IncomingMessage,
  { host, maxBytes }: { host: string; maxBytes: number },
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  if (Number(response.headers['content-length']) > maxBytes) throw tooLarge(host);
  for await (const part of unpacked(response)) {
    bytes += (part as Buffer).length;
    if (bytes > maxBytes) throw tooLarge(host);
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

/** `content-encoding` and the length belong to what came over the wire, not to the body given on. */
const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name === 'content-encoding' || name === 'content-length'
        ? []
        : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

/**
 * Speaks http and https to addresses that strangers chose: every connection is checked to lead to the public internet, each
 * call is bounded in time as a whole and in bytes, redirects are answers. Connections are kept for reading; what writes has one
 * of its own, which cannot have ended a moment before.
 */
export function createSafeFetch({ allowPrivate, ca, resolve = systemLookup }: SafeFetchOptions): SafeFetch {
  const trust = ca === undefined ? {} : { ca };
  const lookup = checkedLookup(resolve, allowPrivate);
  const reading = { 'http:': new http.Agent(AGENT), 'https:': new https.Agent({ ...AGENT, ...trust }) };

  const send = (url: URL, request: SafeRequest, signal: AbortSignal, heard: () => void) =>
    new Promise<IncomingMessage>((done, failed) => {
      const secure = url.protocol === 'https:';
      const { method, body } = request;
      const headers = {
        'user-agent': 'Bazgasht',
        'accept-encoding': 'gzip',
        ...request.headers,
        ...(body === null ? {} : { 'content-length': Buffer.byteLength(body) }),
      };
      const agent = method === 'GET' ? reading[secure ? 'https:' : 'http:'] : false;
      const options = { ...trust, method, headers, agent, lookup, signal, maxHeaderSize: MAX_HEADER_BYTES };
      const call = (secure ? https : http).request(url, options, done);
      call.on('error', failed);
      call.on('socket', (socket) => {
        if (call.reusedSocket) heard();
        else socket.once(secure ? 'secureConnect' : 'connect', heard);
      });
      call.end(body ?? undefined);
    });

  return async (request) => {
    const url = targetOf(request.url, allowPrivate);
    const signal = AbortSignal.timeout(request.timeoutMs);
    let sent = false;
    let response: IncomingMessage | undefined;
    try {
      response = await send(url, request, signal, () => {
        sent = true;
      });
      const body = await bodyOf(response, { host: url.host, maxBytes: request.maxBytes });
      return { status: response.statusCode ?? 0, headers: headersOf(response), body };
    } catch (error) {
      response?.destroy();
      throw failureOf(error, { timedOut: signal.aborted, sent, host: url.host });
    }
  };
}
