import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreRequest } from '../../commerce/woocommerce/store/store.types.ts';
import { testClock } from '../../shared/clock.ts';
import { createLogger } from '../../shared/logger.ts';
import { SHOP_DOMAIN } from '../store/sandbox.own.ts';
import type { Past } from '../store/sandbox.past.ts';
import { createStore } from '../store/sandbox.store.ts';
import { emptyWooState, type WooKey, type WooSite } from '../store/woo.state.ts';
import { createAdmin } from './woo.admin.ts';
import { createWooStore } from './woo.store.ts';
import { tellAsWoo } from './woo.told.ts';

/** Answers are looked into freely: their shape is what is tested. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Answered = any;

type Options = Partial<WooSite> & { past?: Past; start?: number; reach?: (url: string) => string | null };

/** For tests only: a WooCommerce store in a folder of its own, with a key to its API. */
export function testWooStore({ past, start = Date.UTC(2026, 0, 1), reach, ...site }: Options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bazgasht-woo-'));
  const clock = testClock(start);
  const state = emptyWooState();
  const tell = tellAsWoo(() => state.webhooks);
  const store = createStore({ folder, clock, domain: SHOP_DOMAIN, past: past ?? { customers: [], orders: [] }, tell });
  const woo = createWooStore({
    store,
    state,
    keep: () => undefined,
    begins: start,
    logger: createLogger({ level: 'silent' }),
    site: { url: `https://${SHOP_DOMAIN}`, timeZone: 'Europe/Sofia', version: '11.0.1', ...site },
    reach: reach ?? ((url: string) => url),
    now: clock.now,
  });
  const key: WooKey = { id: 1, permissions: 'read_write', key: 'ck_test', secret: 'cs_test' };
  state.keys.push(key);
  state.lastKey = 1;
  const send = (request: Partial<StoreRequest> & { url: string }) =>
    woo.fetch({ method: 'GET', headers: {}, body: null, timeoutMs: 1000, maxBytes: 1 << 26, ...request });
  /** Calls `wc/v3` with the key, as over https. */
  const call = async (method: StoreRequest['method'], path: string, body?: unknown) => {
    const authorization = `Basic ${Buffer.from(`${key.key}:${key.secret}`).toString('base64')}`;
    const url = `${woo.site.url.replace('http:', 'https:')}/wp-json/wc/v3/${path}`;
    const answer = await send({
      method,
      url,
      headers: { authorization },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, body: JSON.parse(answer.body.toString()) as Answered };
  };
  const close = async () => {
    await woo.sender.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { woo, store, clock, state, folder, key, send, call, close, admin: createAdmin(woo) };
}
