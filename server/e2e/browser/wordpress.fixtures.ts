import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signStoreToken } from '../../commerce/woocommerce/connect/session.ts';
import { testShop, testWorld } from '../../db/testing.ts';
import { type TestApp, testApp } from '../../http/http.fixtures.ts';
import { systemClock } from '../../shared/clock.ts';
import { install } from '../../shops/shops.usecases.ts';
import { keepStoreUrl } from '../../shops/stores.usecases.ts';

const SECRET = 'secret-of-the-store';
/** So short that each request but the first needs a new one. */
const SHORT_SECONDS = 5;

export type Dashboard = {
  /** The admin itself. */
  admin: string;
  /** The dashboard of the store that is connected. */
  address: string;
  /** The same page on the site of somebody else. */
  elsewhere: string;
  /** How many tokens the page around the admin was asked for. */
  asked(): number;
  close(): Promise<void>;
};

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return (server.address() as AddressInfo).port;
};

/** What the plugin's page does: it frames the admin and hands it a token whenever it asks for one. */
const pageAround = (admin: string): string => `<!doctype html><title>Dashboard</title>
<iframe title="Bazgasht" src="${admin}" style="width: 100%; height: 40rem"></iframe>
<script>
  addEventListener('message', async ({ data, origin, source }) => {
    if (data?.type !== 'bazgasht:token' || origin !== ${JSON.stringify(new URL(admin).origin)}) return;
    const token = await (await fetch('/token')).text();
    source.postMessage({ type: 'bazgasht:token', token }, origin);
  });
</script>`;

/** For tests only: a connected WooCommerce store with its dashboard on a site of its own, and the app on another. */
export async function testDashboard(): Promise<Dashboard> {
  const world = await testWorld();
  const app: TestApp = await testApp(world, { woocommerceEnabled: true });
  const ours = createServer(app.app.http);
  const admin = `http://localhost:${await listening(ours)}/app`;
  let asked = 0;
  let store = '';
  const token = () => {
    const iat = Math.floor(systemClock.now() / 1000);
    return signStoreToken({ storeUrl: store, secret: SECRET, now: iat * 1000 }, { iat, exp: iat + SHORT_SECONDS });
  };
  const theirs = createServer(async (request, response) => {
    if (request.url === '/token') {
      asked += 1;
      response.end(await token());
    } else if (request.url === '/favicon.ico') response.writeHead(204).end();
    else {
      const address = `${admin}?store=${encodeURIComponent(store)}#token=${await token()}`;
      response.setHeader('content-type', 'text/html').end(pageAround(address));
    }
  });
  const port = await listening(theirs);
  store = `http://store.localhost:${port}`;
  const shop = await testShop(world, { platform: 'woocommerce', domain: new URL(store).host, webhookSecret: SECRET });
  await world.inShop(shop, async (scope) => {
    await keepStoreUrl(scope, store);
    await install(scope, ['read_write']);
  });
  return {
    admin,
    address: `${store}/`,
    elsewhere: `http://other.localhost:${port}/`,
    asked: () => asked,
    async close() {
      for (const server of [ours, theirs]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await app.stop();
      await world.close();
    },
  };
}
