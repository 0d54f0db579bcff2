import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { createHistogram } from 'node:perf_hooks';

/** A signed delivery as it goes out. */
export type Message = { headers: Record<string, string>; body: Buffer };

export type SendTotals = { sent: number; accepted: number; refused: number; p50Ms: number; p99Ms: number };

/** As many as a shop's deliveries that Shopify would send at once; more only queues in the app. */
const CONNECTIONS = 32;
/** Shopify gives up on a delivery after 5 s; a loaded machine gets more time, so that the figures show it. */
const TIMEOUT_MS = 30_000;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

type Request = (url: URL, options: RequestOptions, answered: (answer: IncomingMessage) => void) => ClientRequest;

/** Posts one message; null when there was no answer. */
function post(request: Request, url: URL, agent: HttpAgent, { headers, body }: Message): Promise<number | null> {
  return new Promise((done) => {
    const options = {
      method: 'POST',
      agent,
      timeout: TIMEOUT_MS,
      headers: { ...headers, 'content-length': String(body.length) },
    };
    const outgoing = request(url, options, (answer) => {
      answer.on('end', () => done(answer.statusCode ?? null));
      answer.on('error', () => done(null));
      answer.resume();
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', () => done(null));
    outgoing.end(body);
  });
}

/** Waits so that no more than `rate` messages a second go out; each worker takes its turn in order. */
function pacer(rate: number | undefined): () => Promise<void> {
  if (rate === undefined) return async () => undefined;
  const began = performance.now();
  let turns = 0;
  return async () => {
    const due = began + (turns * 1000) / rate;
    turns += 1;
    const wait = due - performance.now();
    if (wait > 1) await sleep(wait);
  };
}

/**
 * Sends messages over 32 kept-alive connections, each once: what is not answered 200 is refused. Only the messages under
 * way are held in memory.
 */
export async function sendAll(
  messages: AsyncIterator<Message>,
  { url, rate }: { url: URL; rate?: number | undefined },
): Promise<SendTotals> {
  const secure = url.protocol === 'https:';
  const options = { keepAlive: true, maxSockets: CONNECTIONS };
  const agent = secure ? new HttpsAgent(options) : new HttpAgent(options);
  const request: Request = secure ? httpsRequest : httpRequest;
  const turn = pacer(rate);
  const microseconds = createHistogram({ lowest: 1, highest: TIMEOUT_MS * 2000, figures: 3 });
  const totals = { sent: 0, accepted: 0, refused: 0 };
  const worker = async (): Promise<void> => {
    for (;;) {
      const next = await messages.next();
      if (next.done) return;
      await turn();
      const began = performance.now();
      totals.sent += 1;
      const status = await post(request, url, agent, next.value);
      microseconds.record(Math.max(1, Math.round((performance.now() - began) * 1000)));
      if (status === 200) totals.accepted += 1;
      else totals.refused += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  } finally {
    agent.destroy();
  }
  const ms = (percent: number) => (totals.sent === 0 ? 0 : Math.round(microseconds.percentile(percent) / 10) / 100);
  return { ...totals, p50Ms: ms(50), p99Ms: ms(99) };
}
