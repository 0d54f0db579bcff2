import { AsyncLocalStorage } from 'node:async_hooks';
import type { Request, RequestHandler, Response } from 'express';
import type { Ids } from '../shared/ids.ts';
import { withLogFields } from '../shared/logger.context.ts';
import type { Logger } from '../shared/logger.ts';

const HEADER = 'x-request-id';
/** What a proxy in front may call a request; anything else gets an id of ours. */
const SAFE_ID = /^[A-Za-z0-9._-]{1,64}$/;
/** Asked for every few seconds by machines: a line each would bury the others. */
const QUIET = new Set(['/healthz', '/readyz', '/metrics']);

/** How a request ended. `route` is the pattern it matched, never what was asked for. */
export type Ended = { method: string; route: string; status: number; seconds: number };

type Deps = { logger: Logger; ids: Ids; onEnd: (ended: Ended) => void };

/**
 * Gives every request an id, which stands in the answer's `x-request-id` and in each log line of the request, and writes
 * one line when it ends. Neither the address nor any header is logged: a query or a path may name a person.
 */
export function requestLog({ logger, ids, onEnd }: Deps): RequestHandler {
  return (request, response, next) => {
    const given = request.headers[HEADER];
    const id = typeof given === 'string' && SAFE_ID.test(given) ? given : ids.next();
    response.setHeader(HEADER, id);
    const began = performance.now();
    const sentBefore = request.socket.bytesWritten;
    withLogFields({ request: id }, () => {
      let ended = false;
      const end = AsyncLocalStorage.bind((): void => {
        if (ended) return;
        ended = true;
        const ms = performance.now() - began;
        const facts = { method: request.method, route: routeOf(request), status: response.statusCode };
        onEnd({ ...facts, seconds: ms / 1000 });
        const bytes = Math.max(0, request.socket.bytesWritten - sentBefore);
        const line = { ...facts, ms: Math.round(ms * 10) / 10, bytes, ...(response.writableFinished ? {} : CUT) };
        logger[QUIET.has(facts.route) ? 'debug' : 'info'](line, 'request');
      });
      response.once('finish', end);
      response.once('close', end);
      next();
    });
  };
}

/** The other side was gone before the answer was out. */
const CUT = { aborted: true };

function routeOf(request: Request): string {
  const { route } = request as { route?: { path?: unknown } };
  return route?.path === undefined ? 'unmatched' : `${request.baseUrl}${String(route.path)}`;
}

/** The id that `requestLog` gave to the request of an answer. */
export const requestIdOf = (response: Response): string => String(response.getHeader(HEADER) ?? '');
