import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { bareHost, isPublicAddress } from '../../../shared/addresses.ts';

const WINDOW_MS = 60_000;

/**
 * Where a request comes from. A proxy of our own stands on this machine or in our network and puts the address that it sees
 * last; what stands before that, and whatever comes from outside directly, anybody may have written.
 */
export function callerOf(request: Pick<Request, 'headers' | 'socket'>): string {
  const peer = bareHost(request.socket.remoteAddress ?? '');
  const said = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return !isPublicAddress(peer) && said && isPublicAddress(said) ? said : peer;
}

/** So many requests a minute from one address, and ten times as many from all together, in each process. */
export function limitedByAddress(name: string, limit: number, refuse: RequestHandler): RequestHandler[] {
  const common = { windowMs: WINDOW_MS, standardHeaders: 'draft-8' as const, legacyHeaders: false, handler: refuse };
  const each = { limit, identifier: name, keyGenerator: (request: Request) => ipKeyGenerator(callerOf(request)) };
  const all = { limit: limit * 10, identifier: `${name}-all`, keyGenerator: () => 'all' };
  // The library looks whether a proxy's header is used; that is done here, for this one purpose.
  const validate = false;
  return [rateLimit({ ...common, ...each, validate }), rateLimit({ ...common, ...all, validate })];
}
