import express, { type Request, type Response, type Router } from 'express';
import { jsonOf } from './sandbox.body.ts';
import { loopbackOnly } from './sandbox.guard.ts';
import { checkedInput, inputs } from './sandbox.inputs.ts';
import { pageRoutes } from './sandbox.pages.routes.ts';
import { proxyRoute } from './sandbox.proxy.ts';
import type { RouteDeps } from './sandbox.route-deps.ts';
import { bridgeScript } from './shopify/sandbox.bridge.ts';
import { PRODUCTS } from './store/sandbox.catalogue.ts';
import {
  announce,
  beginCheckout,
  cancelOrder,
  completeCheckout,
  payOrder,
  placeOrder,
  refundLines,
  refundOrder,
  registerCustomer,
} from './store/sandbox.shopping.ts';

/**
 * Everything under `/sandbox`: what scripts call, and the pages. A step of the store is answered once its webhooks were
 * sent, so that whoever waits for the answer has not to wait for them.
 */
export function sandboxRoutes(all: RouteDeps): Router {
  const { store, sender } = all;
  const router = express.Router();
  router.use(loopbackOnly);
  const step = async <T>(response: Response, work: () => T): Promise<void> => {
    const answer = work();
    await sender.flush();
    response.json(answer);
  };
  router.get('/session-token', async (_request, response) => {
    response.json({ token: await all.sessionToken() });
  });
  router.get('/app-bridge.js', (_request, response) => void response.type('js').send(bridgeScript(store.domain)));
  router.get('/products', (_request, response) => {
    response.json({ products: PRODUCTS.map(({ id, title, price }) => ({ id, title, price })) });
  });
  router.get('/messages', async (request, response) => {
    const { to } = request.query;
    response.json({ messages: await all.messages(typeof to === 'string' && to !== '' ? to : null) });
  });
  router.post('/clock', async (request, response) => {
    response.json(await all.advance(checkedInput(inputs.clock, await jsonOf(request))));
  });
  router.post('/orders', async (request, response) => {
    const input = checkedInput(inputs.order, await jsonOf(request));
    await step(response, () => ({ order: orderAnswer(placeOrder(store, input)) }));
  });
  router.post('/customers', async (request, response) => {
    const input = checkedInput(inputs.customer, await jsonOf(request));
    await step(response, () => ({ customer: { id: registerCustomer(store, input).id } }));
  });
  router.post('/orders/:id/pay', (request: Request<{ id: string }>, response) =>
    step(response, () => ({ order: orderAnswer(payOrder(store, request.params.id)) })),
  );
  router.post('/orders/:id/cancel', (request: Request<{ id: string }>, response) =>
    step(response, () => ({ order: orderAnswer(cancelOrder(store, request.params.id)) })),
  );
  router.post('/checkouts', async (request, response) => {
    const input = checkedInput(inputs.checkout, await jsonOf(request));
    await step(response, () => ({ checkout: { token: beginCheckout(store, input).token } }));
  });
  router.post('/checkouts/:token/complete', (request: Request<{ token: string }>, response) =>
    step(response, () => ({ order: orderAnswer(completeCheckout(store, request.params.token)) })),
  );
  router.post('/refunds', async (request, response) => {
    const { order, lines } = checkedInput(inputs.refund, await jsonOf(request));
    await step(response, () => {
      const refund = refundOrder(store, order, lines ? refundLines(store, order, lines) : 'all');
      return { refund: { id: refund.platformId, amount: refund.amount } };
    });
  });
  router.post('/webhooks', async (request, response) => {
    const { topic, body } = checkedInput(inputs.webhook, await jsonOf(request));
    announce(store, topic, body);
    const status = await sender.flush();
    response.json({ status });
  });
  router.all('/proxy/*path', proxyRoute(all));
  router.use(pageRoutes(all));
  return router;
}

const orderAnswer = ({ platformId, number, total }: { platformId: string; number: string; total: number }) => ({
  id: platformId,
  name: number,
  total,
});
