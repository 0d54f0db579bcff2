import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import type { z } from 'zod';
import { noQuery } from '../contracts/common.ts';
import { fileBody } from '../http/file-body.ts';
import { badInput, type Fault, invalid } from '../http/http.errors.ts';
import { jsonBody } from '../http/json-body.ts';
import { LIMITS, type Limits, rateLimits } from '../http/limits.ts';
import { AppError } from '../shared/errors.ts';
import { type Admin, adminSession, type SessionDeps } from './admin.session.ts';
import { outOfScope } from './api.errors.ts';
import type { ApiDeps, Endpoint, Once } from './endpoint.ts';
import { openApi } from './openapi.ts';
import { send } from './send.ts';
import { writeOnce } from './write.usecases.ts';

/** `endpoints`: every route. */
export type ApiOptions = ApiDeps & SessionDeps & { endpoints: readonly Endpoint[]; limits?: Limits };

/** The admin API, to be mounted at /api/v1: who asks, how often, what; then one route. */
export function apiRouter({ endpoints, limits = LIMITS, ...deps }: ApiOptions): Router {
  const router = Router();
  const document = openApi(endpoints);
  router.use((_request, response, next) => {
    response.set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    next();
  });
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  const session = adminSession(deps);
  const whoAsks = (request: Request): string => {
    const { shop, actor } = session.callerOf(request);
    return `${shop.id}/${actor}`;
  };
  router.use(session.handler, rateLimits(limits, whoAsks));
  // Ahead of the reading of bodies: files are read by their routes, as they come.
  for (const endpoint of endpoints.filter(({ take }) => take))
    router.post(endpoint.path, receive(deps, endpoint, session.callerOf));
  router.use(jsonBody);
  for (const endpoint of endpoints.filter(({ take }) => !take)) {
    router[endpoint.method](endpoint.path, serve(deps, endpoint, session.callerOf));
  }
  router.use(badAddress);
  return router;
}

/** An address that cannot be read is the caller's fault. */
const badAddress: ErrorRequestHandler = (error, _request, _response, next) => {
  const unreadable = error instanceof URIError || (error as { status?: number }).status === 400;
  next(unreadable && !(error instanceof AppError) ? invalid([{ field: 'path', reason: 'it cannot be read' }]) : error);
};

type CallerOf = (request: Request) => Admin;

function serve(deps: ApiDeps, endpoint: Endpoint, callerOf: CallerOf): RequestHandler {
  return async (request, response) => {
    const { shop, actor, scopes } = callerOf(request);
    if (!scopes.has(endpoint.scope)) throw outOfScope(endpoint.scope);
    const params = parsed(endpoint.params ?? noQuery, request.params, '');
    const query = parsed(endpoint.query ?? noQuery, request.query, '');
    const body = bodyOf(endpoint, request);
    if (endpoint.read) {
      return await send(
        response,
        endpoint.status ?? 200,
        await endpoint.read(deps, { shop, actor, params, query, body }),
      );
    }
    const { before, write, after } = endpoint;
    if (!write) throw new Error(`${endpoint.path} neither reads nor writes.`);
    const { method, path, bytes = Buffer.of() } = request;
    const customer = endpoint.path.startsWith('/customers/:id') ? (params as { id: string }).id : null;
    const { shownOnce = false } = endpoint;
    const asked = { key: keyOf(request), method, path, body: bytes, customer, shownOnce };
    await before?.(deps, { shop, actor });
    const done = await writeOnce(deps, shop.id, asked, async (scope) => ({
      status: endpoint.status ?? 200,
      body: await write(scope, { actor, scopes, params, body }, deps),
    }));
    await after?.(deps, { shop, actor, answer: done.body });
    if (done.repeated) response.set('idempotency-replayed', 'true');
    await send(response, done.status, done.body);
  };
}

/** A route whose body is a file: it is the same file again, where its hash is the same. */
function receive(deps: ApiDeps, endpoint: Endpoint, callerOf: CallerOf): RequestHandler {
  return async (request, response) => {
    const { shop, actor, scopes } = callerOf(request);
    if (!scopes.has(endpoint.scope)) throw outOfScope(endpoint.scope);
    const query = parsed(endpoint.query ?? noQuery, request.query, '');
    const key = keyOf(request);
    const status = endpoint.status ?? 200;
    const once: Once = async (digest, work) => {
      const body = Buffer.from(`${JSON.stringify(query)}\n${digest}`);
      const asked = { key, method: request.method, path: request.path, body, customer: null };
      const done = await writeOnce(deps, shop.id, asked, async (scope) => ({ status, body: await work(scope) }));
      if (done.repeated) response.set('idempotency-replayed', 'true');
      return done.body as Awaited<ReturnType<typeof work>>;
    };
    const answer = await endpoint.take?.(deps, { shop, actor, query, chunks: fileBody(request), once });
    await endpoint.after?.(deps, { shop, actor, answer });
    await send(response, status, answer);
  };
}

function bodyOf(endpoint: Endpoint, request: Request): unknown {
  if (endpoint.body) return parsed(endpoint.body, request.body, '');
  // Nothing is expected: an empty object is as good as nothing.
  if (request.body !== undefined) parsed(noQuery, request.body, '');
  return undefined;
}

/** What a contract makes of an input. @throws AppError api.invalid that names each field and the reason */
function parsed(shape: z.ZodType, input: unknown, root: string): unknown {
  const read = shape.safeParse(input);
  if (!read.success) throw invalid(read.error.issues.flatMap((issue) => faultsOf(issue, root)).slice(0, 20));
  return read.data;
}

function faultsOf(issue: z.core.$ZodIssue, root: string): Fault[] {
  const path = [root, ...issue.path.map(String)].filter((part) => part !== '');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), reason: 'there is no such field' }));
  }
  return [{ field: path.join('.'), reason: issue.message }];
}

/** @throws AppError api.idempotency_key */
function keyOf(request: Request): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) throw badInput('idempotency_key');
  return key;
}
