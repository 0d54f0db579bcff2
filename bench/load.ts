// Sends signed deliveries as fast as a server answers them, over kept-alive connections with one request under way each.
// Requests are made and signed beforehand and go out over plain sockets, so that the sender is not what limits.
import { connect, type Socket } from 'node:net';
import { createHistogram } from 'node:perf_hooks';
import { makeOrder, signedHeaders, webhookId } from './orders.ts';

/** What the sender is told to do, as JSON in its first argument. */
export type LoadOptions = {
  port: number;
  connections: number;
  /** Different orders; when they run out they come again, under new webhook ids. */
  orders: number;
  customers: number;
  warmUpMs: number;
  measureMs: number;
  /** Goes into the webhook ids: no two runs send the same one. */
  series: number;
};

export type LoadResult = {
  /** Requests sent, and answers of 200 and others to them, from the first to the last. */
  sent: number;
  accepted: number;
  refused: number;
  /** Answers of 200 a second, and how long they took, within the measured time. */
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
};

type Request = { bytes: Buffer; idAt: number };

const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions;
const HEAD_END = '\r\n\r\n';
const ID_HEADER = 'x-shopify-webhook-id: ';

function prepare(number: number): Request {
  const order = makeOrder(number, options.customers);
  const headers = { ...signedHeaders(order, webhookId(0, 0)), 'content-length': String(order.body.length) };
  const lines = Object.entries({ host: `localhost:${options.port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = `POST /webhooks/shopify HTTP/1.1\r\n${lines.join('\r\n')}${HEAD_END}`;
  return { bytes: Buffer.concat([Buffer.from(head), order.body]), idAt: head.indexOf(ID_HEADER) + ID_HEADER.length };
}

const totals = { sent: 0, accepted: 0, refused: 0, measured: 0 };
const microseconds = createHistogram({ lowest: 1, highest: 60_000_000, figures: 3 });
const times = { measureFrom: 0, end: 0 };

/** Whether an answer is complete: its head, and as much body as the head says. */
function complete(text: string): boolean {
  const head = text.indexOf(HEAD_END);
  if (head < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text);
  if (length) return text.length >= head + HEAD_END.length + Number(length[1]);
  return /\r\ntransfer-encoding: *chunked/i.test(text) ? text.endsWith(`0${HEAD_END}`) : true;
}

function count(status: string, began: number): void {
  const now = performance.now();
  if (status !== '200') {
    totals.refused += 1;
    return;
  }
  totals.accepted += 1;
  if (now < times.measureFrom || now > times.end) return;
  totals.measured += 1;
  microseconds.record(Math.max(1, Math.round((now - began) * 1000)));
}

/** One connection: sends its requests in turn until the time is up. */
function worker(socket: Socket, requests: Request[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let next = 0;
    let began = 0;
    let text = '';
    const send = (): void => {
      if (performance.now() > times.end) {
        socket.end();
        resolve();
        return;
      }
      const { bytes, idAt } = requests[next % requests.length] as Request;
      next += 1;
      // The answer to the last use of these bytes has come: they may be written over.
      bytes.write(webhookId(options.series, totals.sent), idAt, 'latin1');
      totals.sent += 1;
      began = performance.now();
      socket.write(bytes);
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!complete(text)) return;
      count(text.slice(9, 12), began);
      text = '';
      send();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed a connection')));
    send();
  });
}

async function open(): Promise<Socket> {
  const socket = connect({ port: options.port, host: 'localhost', noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
}

const all = Array.from({ length: options.orders }, (_, number) => prepare(number));
const sockets = await Promise.all(Array.from({ length: options.connections }, open));
times.measureFrom = performance.now() + options.warmUpMs;
times.end = times.measureFrom + options.measureMs;
const shares = sockets.map((_, place) => all.filter((_request, index) => index % sockets.length === place));
await Promise.all(sockets.map((socket, place) => worker(socket, shares[place] ?? [])));
const { sent, accepted, refused, measured } = totals;
const ms = (percent: number): number => Math.round(microseconds.percentile(percent) / 10) / 100;
const perSecond = Math.round(measured / (options.measureMs / 1000));
const result: LoadResult = { sent, accepted, refused, perSecond, p50Ms: ms(50), p99Ms: ms(99) };
process.stdout.write(JSON.stringify(result));
