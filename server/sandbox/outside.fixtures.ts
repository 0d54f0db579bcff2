import { createAdmin } from '../commerce/shopify/admin/admin.ts';
import type { StoreFetch } from '../commerce/woocommerce/store/store.types.ts';
import { keysAsTokens } from '../commerce/woocommerce/store/store.usecases.ts';
import type { WooDeps } from '../commerce/woocommerce/store/woocommerce.deps.ts';
import { unreachable } from '../commerce/woocommerce/store/woocommerce.errors.ts';
import type { World } from '../db/testing.ts';
import type { Fault, Outside } from '../effects/effects.fixtures.ts';
import type { EffectPort } from '../effects/effects.port.ts';
import { install } from '../shops/shops.usecases.ts';
import { keepStoreUrl } from '../shops/stores.usecases.ts';
import { storeTokens } from '../shops/tokens.usecases.ts';
import { testStore } from './shopify/sandbox.fixtures.ts';
import { SANDBOX_DOMAIN, SANDBOX_SCOPES } from './store/sandbox.own.ts';
import type { Past } from './store/sandbox.past.ts';
import type { SandboxCustomer } from './store/sandbox.types.ts';
import { testWooStore } from './woocommerce/woo.fixtures.ts';

/** Answers are looked into freely: their shape is what is tested. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Answered = any;

/** For tests only: customers of a practice store. */
export const sandboxCustomer = (n: number): SandboxCustomer => ({
  id: String(7_100_000_000 + n),
  email: `customer-${n}@example.test`,
  phone: null,
  firstName: null,
  lastName: null,
  createdAt: 0,
  updatedAt: 0,
  marketing: false,
  marketingAt: null,
  birthday: null,
});

const past = (): Past => ({ customers: [1, 2, 3].map(sandboxCustomer), orders: [] });

/** Puts faults in front of a port, one for each time that it is to do something. `happened`: what the world saw, by a name of each. */
function faulty<P>(
  port: EffectPort<P>,
  now: { fault: Fault | undefined },
  happened: string[],
  nameOf: (payload: P) => string,
) {
  const faults: Fault[] = [];
  const perform: EffectPort<P>['perform'] = async (call) => {
    now.fault = faults.shift();
    try {
      return await port.perform(call);
    } finally {
      now.fault = undefined;
    }
  };
  const outside: Outside<P> = {
    seen: (payload) => happened.filter((name) => name === nameOf(payload)).length,
    fail: (...more) => void faults.push(...more),
  };
  return { port: { ...port, perform }, outside };
}

/**
 * For tests only: the practice Shopify store as the world outside of one shop's effects. `nameIn`: what a mutation and its
 * answer say that happened; null: nothing did.
 */
export async function shopifyOutside(
  world: World,
  shopId: number,
  nameIn: (variables: Answered, data: Answered) => string | null,
) {
  const store = testStore(past());
  const now: { fault: Fault | undefined } = { fault: undefined };
  const happened: string[] = [];
  const token = String((await store.exchange()).body.access_token);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const body = JSON.parse(String(init?.body ?? '{}')) as { query: string; variables: Answered };
    if (!body.query.startsWith('mutation')) return store.platform.fetch(input, init);
    const { fault } = now;
    const broken = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
    if (fault === 'not-sent') throw broken('ECONNREFUSED');
    if (fault === 'lost-before') throw broken('ECONNRESET');
    if (fault === 'refused') return Response.json({ errors: 'Not Acceptable' }, { status: 406 });
    const answer = await store.platform.fetch(input, init);
    const { data } = (await answer.clone().json()) as { data: Answered };
    const name = nameIn(body.variables, data);
    if (name !== null) happened.push(name);
    if (fault === 'lost-after') throw broken('ECONNRESET');
    return answer;
  };
  const deps = { platform: { ...store.platform, fetch }, logger: world.logger, sleep: async () => undefined };
  const admin = createAdmin(deps, SANDBOX_DOMAIN, { current: async () => token, proven: async () => undefined });
  await world.inShop(shopId, (scope) => install(scope, SANDBOX_SCOPES));
  return {
    ...store,
    admin,
    with: <P>(port: EffectPort<P>, nameOf: (payload: P) => string) => faulty(port, now, happened, nameOf),
  };
}

/** For tests only: the same for a WooCommerce store. `nameIn`: what a write and its answer say that happened. */
export async function wooOutside(
  world: World,
  shopId: number,
  nameIn: (method: string, body: Answered) => string | null,
) {
  const { woo, key, ...rest } = testWooStore({ past: past() });
  const now: { fault: Fault | undefined } = { fault: undefined };
  const happened: string[] = [];
  const fetch: StoreFetch = async (request) => {
    if (request.method === 'GET') return woo.fetch(request);
    const { fault } = now;
    if (fault === 'not-sent') throw unreachable('Nobody answers.', { details: { sent: false } });
    if (fault === 'lost-before') throw unreachable('The answer was lost.', { details: { sent: true } });
    if (fault === 'refused')
      return { status: 400, headers: {}, body: Buffer.from('{"code":"woocommerce_rest_no","message":"No."}') };
    const answer = await woo.fetch(request);
    const name = answer.status < 300 ? nameIn(request.method, JSON.parse(answer.body.toString()) as Answered) : null;
    if (name !== null) happened.push(name);
    if (fault === 'lost-after') throw unreachable('The answer was lost.', { details: { sent: true } });
    return answer;
  };
  const { db, clock, ids, reactions, features, vault, logger } = world;
  const deps: WooDeps = {
    db,
    clock,
    ids,
    reactions,
    features,
    vault,
    logger,
    fetch,
    realClock: clock,
    appUrl: 'https://app.example.test',
    sleep: async () => undefined,
    wake: () => undefined,
  };
  await world.inShop(shopId, async (scope) => {
    await storeTokens({ tx: scope.tx, vault }, shopId, keysAsTokens(key));
    await keepStoreUrl(scope, woo.site.url);
    await install(scope, ['read_write']);
  });
  return {
    ...rest,
    woo,
    deps,
    with: <P>(port: EffectPort<P>, nameOf: (payload: P) => string) => faulty(port, now, happened, nameOf),
  };
}
