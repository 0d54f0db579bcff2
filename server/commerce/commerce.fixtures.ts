import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { rowsOf } from '../db/testing.tables.ts';
import { testWorld, type World } from '../db/testing.ts';
import { testApp } from '../http/http.fixtures.ts';
import { kpis } from '../insights/kpis.usecases.ts';
import { createInProcessJobs } from '../jobs/in-process.ts';
import type { Jobs } from '../jobs/jobs.port.ts';
import { type Balance, balanceOf } from '../points/balance.usecases.ts';
import { faultsOf } from '../points/world.fixtures.ts';
import { changeProgram } from '../program/change-program.usecases.ts';
import type { SandboxPlatformName } from '../sandbox/store/sandbox.own.ts';
import { isAppError } from '../shared/errors.ts';
import { shopsList } from '../shops/shops.usecases.ts';
import { disconnectShop } from '../shops/stores.usecases.ts';
import { askSync, beginSyncs, type SyncKind, syncsOf } from '../syncs/syncs.usecases.ts';
import { tiered } from '../tiers/world.fixtures.ts';

/** A delivery as it came over HTTP. */
export type Sent = { path: string; headers: Record<string, string>; body: string };

/** Where webhooks end up: the app; nowhere, with an answer that says otherwise; or an error. */
export type Road = 'open' | 'kept' | 'lost';

/** A practice store with the whole app behind it, by what people do in the one and see in the other. */
export type Front = Opened & ReturnType<typeof actions> & ReturnType<typeof looks> & Ends;
type Ends = { close(): Promise<void>; restart(): Promise<Front> };

export type Line = { product: string; quantity: number };
export const COFFEE = '8100000001';
export const TEA = '8100000005';
const MINUTE = 60_000;

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** A server in front of the app that can keep webhooks to itself, and lose them. */
async function listen(app: RequestListener) {
  const kept: Sent[] = [];
  let road: Road = 'open';
  const server = createServer((request, response) => {
    if (road === 'open' || !request.url?.startsWith('/webhooks/')) return app(request, response);
    void textOf(request).then((body) => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      if (road === 'kept') kept.push({ path: request.url ?? '', headers, body });
      response.writeHead(road === 'kept' ? 200 : 503).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    kept,
    take: (next: Road) => {
      road = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** What outlives the app. */
type Ground = { world: World; folder: string };

/** The app, the store and the road between them. */
async function open(platform: SandboxPlatformName, { world, folder }: Ground) {
  const jobs: Jobs = createInProcessJobs({ logger: world.logger });
  const sandbox = platform === 'shopify' ? ('on' as const) : ('woocommerce' as const);
  const config = { sandbox, shopify: undefined };
  const { app, stop } = await testApp(world, config, {
    jobs,
    sandbox: { folder, withoutPast: true },
    // What the app waits for, time would bring: it has passed.
    sleep: async () => nextTurn(),
  });
  const road = await listen(app.http);
  await app.start(road.url);
  const shopId = (await shopsList(world))[0]?.id ?? 0;
  /** Until nothing is left to apply and nothing to read. */
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 20; round += 1) {
      await jobs.idle();
      const now = world.clock.now();
      const due = (await syncsOf(world, shopId)).some(({ dueAt }) => dueAt !== null && dueAt <= now);
      if (!due) return;
      jobs.wake('platform', shopId);
    }
    throw new Error('reading from the platform comes to no end');
  };
  /** What is owed to the platform is done, as by the sweep of each minute. */
  const perform = async (): Promise<void> => {
    jobs.wake('effects', shopId);
    await settle();
  };
  const shop = () => world.inShop(shopId, async (scope) => scope.shop);
  const halt = async (): Promise<void> => {
    await stop();
    await road.close();
  };
  const woo = app.practice.woocommerce?.platform.store ?? null;
  const shopify = app.practice.shopify?.platform ?? null;
  return { platform, world, folder, shopId, road, url: road.url, woo, shopify, settle, perform, shop, halt };
}
type Opened = Awaited<ReturnType<typeof open>>;

/** What the sandbox answers to what was done in it: the part that it was about is there. */
type Done = { order: { id: string }; checkout: { token: string } };

/** What people do in the store and its merchant in the app. */
function actions({ world, road, shopId, settle }: Opened) {
  const post = async (path: string, body: unknown = {}) => {
    world.clock.advance(MINUTE);
    const answer = await fetch(`${road.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    const result = (await answer.json()) as Done;
    await settle();
    return result;
  };
  return {
    buy: async (email: string, more: { paid?: boolean; guest?: boolean; lines?: Line[] } = {}): Promise<string> => {
      const { guest, lines = [{ product: COFFEE, quantity: 2 }], paid = true } = more;
      const customer = { email, ...(guest === undefined ? {} : { guest }) };
      return (await post('/sandbox/orders', { customer, lines, paid })).order.id;
    },
    pay: (id: string) => post(`/sandbox/orders/${id}/pay`),
    cancel: (id: string) => post(`/sandbox/orders/${id}/cancel`),
    register: (email: string) => post('/sandbox/customers', { email }),
    refund: (order: string, lines?: Line[]) =>
      post('/sandbox/refunds', lines ? { order, lines } : { order, full: true }),
    abandon: async (email: string): Promise<string> =>
      (await post('/sandbox/checkouts', { email, lines: [{ product: COFFEE, quantity: 1 }] })).checkout.token,
    complete: (token: string) => post(`/sandbox/checkouts/${token}/complete`),
    /** A webhook that nobody knows. */
    say: (topic: string, body: unknown) => post('/sandbox/webhooks', { topic, body }),
    /** Rules with tiers, from now on. */
    useTiers: () =>
      world.inShop(shopId, (scope) => changeProgram(scope, { rules: tiered(), expected: undefined, actor: 'test' })),
    /** Looks for what webhooks missed, as each night. */
    async heal(...first: SyncKind[]): Promise<void> {
      world.clock.advance(MINUTE);
      await world.inShop(shopId, async (scope) => {
        for (const kind of [...first, 'rereads', 'reconcile'] as const) await askSync(scope, kind);
      });
      await settle();
    },
    /** Reads the whole history, as after an install. */
    async readAll(): Promise<void> {
      world.clock.advance(MINUTE);
      await world.inShop(shopId, beginSyncs);
      await settle();
    },
    /** Sends again what was kept, in this order. @returns the answers */
    async deliver(all: readonly Sent[]): Promise<number[]> {
      const statuses: number[] = [];
      for (const { path, headers, body } of all) {
        const own = Object.entries(headers).filter(([name]) => /^(x-|content-type)/.test(name));
        const init = { method: 'POST', headers: Object.fromEntries(own), body };
        statuses.push((await fetch(`${road.url}${path}`, init)).status);
      }
      await settle();
      return statuses;
    },
    /** The merchant takes the app out, where their platform has it. */
    async leave(): Promise<void> {
      const { domain, platform } = await world.inShop(shopId, async (scope) => scope.shop);
      world.clock.advance(MINUTE);
      if (platform === 'shopify')
        await post('/sandbox/webhooks', { topic: 'app/uninstalled', body: { id: 1, domain } });
      else await world.inShop(shopId, (scope) => disconnectShop(scope, 'test'));
      await settle();
    },
  };
}

/** What the app knows: nothing of it may depend on how it came. */
function looks({ world, shop, shopId }: Opened) {
  const told = async (...emails: string[]) => {
    const people: Record<string, Balance> = {};
    for (const email of emails) {
      try {
        people[email] = await balanceOf(world, await shop(), email);
      } catch (error) {
        if (!isAppError(error, 'customers.unknown')) throw error;
      }
    }
    return { people, kpis: await kpis(world, await shop(), { from: '2000-01-01', to: '2100-01-01' }) };
  };
  return {
    told,
    points: async (email: string): Promise<number> => (await told(email)).people[email]?.available ?? 0,
    tier: async (email: string): Promise<string | null> => (await told(email)).people[email]?.tier ?? null,
    /** How many orders count. */
    orders: async (): Promise<number> => (await told()).kpis.orders,
    /** Deliveries that could not be applied. */
    parked: async () => (await rowsOf(world, shopId, 'inbox')).filter(({ state }) => state === 'parked'),
    /** What is wrong in the ledger. */
    faults: () => faultsOf(world, shopId),
  };
}

const assembled = async (opened: Opened): Promise<Front> => {
  await opened.settle();
  return { ...opened, ...actions(opened), ...looks(opened), ...ends(opened) };
};

function ends({ platform, world, folder, halt }: Opened): Ends {
  return {
    async close(): Promise<void> {
      await halt();
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    },
    /** Stops the app and starts it again on what it left. */
    async restart(): Promise<Front> {
      await halt();
      return assembled(await open(platform, { world, folder }));
    },
  };
}

/** For tests only: the whole app on either platform, with an empty practice store that has put it in. */
export async function openFront(platform: SandboxPlatformName, start = Date.UTC(2026, 0, 5, 12)): Promise<Front> {
  const world = await testWorld(start);
  return assembled(await open(platform, { world, folder: mkdtempSync(join(tmpdir(), 'bazgasht-front-')) }));
}
