import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Verification } from '../points/verify.usecases.ts';
import { seededRandom } from '../shared/random.ts';

const ENTRY = fileURLToPath(new URL('../index.ts', import.meta.url));
const START_MS = 60_000;

/** One signed delivery of one paid order, and what applying it has to come to. */
export type CrashDelivery = {
  deliveryId: string;
  orderId: string;
  customerId: string;
  points: number;
  headers: Record<string, string>;
  body: Buffer;
};

export type CrashOptions = {
  /** The app's environment: its database, its keys. */
  env: NodeJS.ProcessEnv;
  rounds: number;
  seed: number;
  /** The n-th delivery; the same for the same number, as a platform's retry is. */
  delivery: (number: number) => CrashDelivery;
  connections?: number;
  /** The longest that most apps live once they listen; some live up to five times as long. */
  lifeMs?: number;
  /** No round begins later than this; a busy machine then gets fewer. */
  withinMs?: number;
  onRound?: (round: number, tried: number, answered: number) => void;
};

/** Deliveries by number: which were sent at all, and which were answered 200. */
export type Sent = { rounds: number; tried: ReadonlySet<number>; answered: ReadonlySet<number> };

export type RunningApp = {
  port: Promise<number>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as an operator would: what it holds is on the disk, in one file. */
  stop(): Promise<void>;
  /** Whether it still runs. */
  lives(): boolean;
};

/** Starts the real app in a process of its own, on a free port. */
export function startApp(env: NodeJS.ProcessEnv): RunningApp {
  const child = spawn(process.execPath, [ENTRY], { env: { ...env, PORT: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const orphaned = (): boolean => child.kill('SIGKILL');
  process.once('exit', orphaned);
  const gone = once(child, 'exit').finally(() => process.removeListener('exit', orphaned));
  const port = listening(child);
  // A kill while it starts is part of the exercise; who waits for the port still sees the error.
  port.catch(() => undefined);
  const end = (signal: NodeJS.Signals) => async (): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  return {
    port,
    lives: () => child.exitCode === null && child.signalCode === null,
    kill: end('SIGKILL'),
    stop: end('SIGTERM'),
  };
}

function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    const late = setTimeout(() => reject(new Error(`the app did not start: ${text}`)), START_MS);
    const read = (chunk: Buffer): void => {
      text = `${text}${chunk}`.slice(-2_000);
      const match = /http:\/\/localhost:(\d+)/.exec(text);
      if (match) resolve(Number(match[1]));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the app ended with code ${code}: ${text}`));
    });
    child.stdout?.once('data', () => clearTimeout(late));
  });
}

/** The status that the app answered, or null when it died first. */
export function post(port: number, agent: Agent, { headers, body }: CrashDelivery): Promise<number | null> {
  return new Promise((done) => {
    const to = { host: 'localhost', port, agent, method: 'POST', path: '/webhooks/shopify' };
    const outgoing = request({ ...to, headers: { ...headers, 'content-length': body.length } }, (answer) => {
      answer.resume();
      // What counts for a platform is the status line, even if the connection breaks behind it.
      done(answer.statusCode ?? null);
    });
    outgoing.on('error', () => done(null));
    outgoing.end(body);
  });
}

/**
 * Starts the app, streams deliveries to it over several connections and kills it at a random moment, now and then before
 * it even listens; again and again on one database. Deliveries that got no answer are sent again later, as a platform
 * would, but not all of them.
 */
export async function crashRounds(options: CrashOptions): Promise<Sent> {
  const { env, rounds, seed, delivery, connections = 4, lifeMs = 600, onRound } = options;
  const deadline = performance.now() + (options.withinMs ?? Number.POSITIVE_INFINITY);
  const random = seededRandom(seed);
  const tried = new Set<number>();
  const answered = new Set<number>();
  const unanswered: number[] = [];
  let fresh = 0;

  const worker = async (port: number, agent: Agent, alive: () => boolean): Promise<void> => {
    while (alive()) {
      const again = random.next() < 0.3 ? unanswered.shift() : undefined;
      const number = again ?? fresh++;
      tried.add(number);
      const status = await post(port, agent, delivery(number));
      if (status === 200) answered.add(number);
      else unanswered.push(number);
      await sleep(random.whole(20));
    }
  };

  let round = 0;
  while (round < rounds && performance.now() < deadline) {
    round += 1;
    const app = startApp(env);
    let alive = true;
    const agent = new Agent({ keepAlive: true });
    if (random.next() < 0.1) await sleep(random.whole(1_000));
    else {
      const port = await app.port;
      const workers = Array.from({ length: connections }, () => worker(port, agent, () => alive));
      // Some live long enough to have applied a good deal when they die.
      await sleep(random.whole(random.next() < 0.15 ? lifeMs * 5 : lifeMs));
      await app.kill();
      alive = false;
      await Promise.all(workers);
    }
    await app.kill();
    agent.destroy();
    onRound?.(round, tried.size, answered.size);
  }
  return { rounds: round, tried, answered };
}

/** Runs the app, unharmed, until nothing waits to be applied any more. */
export async function settle(env: NodeJS.ProcessEnv, waiting: () => Promise<number>, withinMs: number): Promise<void> {
  const app = startApp(env);
  const deadline = performance.now() + withinMs;
  try {
    await app.port;
    while ((await waiting()) > 0) {
      if (performance.now() > deadline) throw new Error(`${await waiting()} deliveries are still not applied`);
      await sleep(100);
    }
  } finally {
    await app.kill();
  }
}

/** What a database holds of a shop. */
export type Held = {
  inbox: { deliveryId: string; state: string }[];
  orders: { platformId: string }[];
  /** Points that can be spent, by the customer's id on the platform. */
  balances: Map<string, number>;
  ledger: Verification;
};

/** Everything that is wrong with what a database holds after the crashes; nothing: what was answered is there, once. */
export function crashFaults(
  held: Held,
  { tried, answered }: Pick<Sent, 'tried' | 'answered'>,
  delivery: CrashOptions['delivery'],
): string[] {
  const faults: string[] = [];
  const state = new Map(held.inbox.map((row) => [row.deliveryId, row.state]));
  const orders = new Set(held.orders.map(({ platformId }) => platformId));
  const points = new Map<string, number>();
  const known = new Set<string>();
  for (const number of tried) {
    const { deliveryId, orderId, customerId, points: worth } = delivery(number);
    known.add(deliveryId);
    if (answered.has(number) && !state.has(deliveryId)) faults.push(`${deliveryId} was answered 200 and is lost`);
    if (!state.has(deliveryId)) continue;
    if (state.get(deliveryId) !== 'applied') faults.push(`${deliveryId} is ${state.get(deliveryId)}`);
    if (!orders.has(orderId)) faults.push(`order ${orderId} of ${deliveryId} is missing`);
    points.set(customerId, (points.get(customerId) ?? 0) + worth);
  }
  for (const { deliveryId } of held.inbox) if (!known.has(deliveryId)) faults.push(`${deliveryId} was never sent`);
  if (state.size !== held.inbox.length) faults.push('a delivery is in the inbox twice');
  if (orders.size !== held.orders.length) faults.push('an order is there twice');
  if (orders.size !== state.size) faults.push(`${state.size} deliveries made ${orders.size} orders`);
  for (const customer of new Set([...points.keys(), ...held.balances.keys()])) {
    const [has, should] = [held.balances.get(customer) ?? 0, points.get(customer) ?? 0];
    if (has !== should) faults.push(`customer ${customer} has ${has} points, the orders say ${should}`);
  }
  if (!held.ledger.ok) faults.push(`the ledger does not verify: ${held.ledger.firstBad?.reason}`);
  return faults;
}
