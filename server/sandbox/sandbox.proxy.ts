import type { RequestHandler } from 'express';
import { findCustomerByName, platformIdsOf } from '../customers/lookup.usecases.ts';
import { AppError, notFound } from '../shared/errors.ts';
import { openScope } from '../shops/scope.usecases.ts';
import { bytesOf } from './sandbox.body.ts';
import type { RouteDeps } from './sandbox.route-deps.ts';

/** What a storefront sends along and the proxy passes on. */
const PASSED = ['content-type', 'accept', 'accept-language', 'idempotency-key'];

/** The platform's id of a customer whom the API names; '' for nobody. @throws AppError sandbox.customer_unknown */
async function loggedIn({ deps, shopId }: RouteDeps, name: string): Promise<string> {
  if (name === '') return '';
  const scope = await openScope(deps.db.read, shopId(), deps.clock.now(), deps);
  const id = await findCustomerByName(deps, scope.shop, name);
  const platformId = id === null ? undefined : (await platformIdsOf(scope, [id])).get(id);
  if (platformId === undefined)
    throw notFound('sandbox.customer_unknown', 'No such customer has an account.', { field: 'customer' });
  return platformId;
}

/** Passes a storefront's request on to the app, signed as the platform does it (Shopify's app proxy). */
export function proxyRoute(all: RouteDeps): RequestHandler {
  return async (request, response) => {
    const { signed } = all;
    if (signed === null) throw notFound('sandbox.no_proxy', 'This kind of store passes no requests on to the app.');
    const origin = all.origin();
    if (origin === null)
      throw new AppError('sandbox.starting', 'The sandbox store is still starting.', { status: 503 });
    const asked = new URL(request.originalUrl, origin);
    const path = asked.pathname.replace(/^\/sandbox\/proxy/, '');
    const customer = await loggedIn(all, asked.searchParams.get('customer') ?? '');
    asked.searchParams.delete('customer');
    const query = signed({ customer, query: asked.searchParams });
    const headers = new Headers();
    for (const name of PASSED) {
      const value = request.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    const bodiless = request.method === 'GET' || request.method === 'HEAD';
    const body = bodiless ? null : new Uint8Array(await bytesOf(request));
    const answer = await fetch(`${origin}${path}?${query}`, {
      method: request.method,
      headers,
      body,
      redirect: 'manual',
    });
    response.status(answer.status);
    for (const name of ['content-type', 'cache-control', 'location', 'retry-after']) {
      const value = answer.headers.get(name);
      if (value !== null) response.set(name, value);
    }
    response.send(Buffer.from(await answer.arrayBuffer()));
  };
}
