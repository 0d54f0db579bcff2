import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { tooMany } from './http.errors.ts';

/** Requests a minute for each key and each user of a shop, in each process. */
export type Limits = { reads: number; writes: number };

/** A name for each caller that counts apart. */
type WhoAsks = (request: Request) => string;

/** Far above what a page or a customer's own doings need; a runaway script is slowed down all the same. */
export const LIMITS: Limits = { reads: 3_000, writes: 600 };

const WINDOW_MS = 60_000;

/** Counts by who asks, never by address: behind a proxy all would share one. */
const limited = (name: string, limit: number, whoAsks: WhoAsks): RequestHandler =>
  rateLimit({
    windowMs: WINDOW_MS,
    limit,
    identifier: name,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: whoAsks,
    handler: (_request, response, next) => {
      next(tooMany(Number(response.getHeader('retry-after') ?? WINDOW_MS / 1000)));
    },
  });

/** Limits reading and writing apart, with `RateLimit` headers. Behind whatever knows who asks. */
export function rateLimits({ reads, writes }: Limits, whoAsks: WhoAsks): RequestHandler {
  const [reading, writing] = [limited('reads', reads, whoAsks), limited('writes', writes, whoAsks)];
  return (request, response, next) => (request.method === 'GET' ? reading : writing)(request, response, next);
}
