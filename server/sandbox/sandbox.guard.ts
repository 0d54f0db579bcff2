import type { Request, RequestHandler } from 'express';
import { isLocal } from '../http/operators.ts';
import { isLoopbackName } from '../shared/addresses.ts';

/** The name that a request is addressed by, without the port. */
const nameOf = (request: Request): string => (request.headers.host ?? '').replace(/:\d+$/, '');

/** A page of another site that has the browser send something here. */
function fromElsewhere(request: Request): boolean {
  const { origin, host } = request.headers;
  if (request.headers['sec-fetch-site'] === 'cross-site' && request.method !== 'GET') return true;
  return origin !== undefined && origin !== `http://${host}`;
}

/**
 * The sandbox answers this machine only: no proxy in between, addressed by a name of this machine (another site's name
 * can be made to lead here), and not at another site's wish.
 */
export const loopbackOnly: RequestHandler = (request, response, next) => {
  if (isLocal(request) && isLoopbackName(nameOf(request)) && !fromElsewhere(request)) return next();
  const message = 'The sandbox answers requests from this machine only.';
  response.status(403).json({ error: { code: 'sandbox.local_only', message } });
};
