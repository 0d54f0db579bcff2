import type { Request, RequestHandler } from 'express';
import { isLoopback } from '../shared/addresses.ts';
import { safeEqual } from '../shared/crypto.ts';

/** What proxies add, by the names that are in use. */
const FORWARDED = /^(forwarded|via|x-forwarded(-.+)?|x-real-ip|(x-)?(cluster-|true-)?client-ip|cf-connecting-ip)$/;

/** A request from this very machine that no proxy passed on. */
export const isLocal = (request: Request): boolean =>
  isLoopback(request.socket.remoteAddress ?? '') && !Object.keys(request.headers).some((name) => FORWARDED.test(name));

/** Operator routes: with a token, whoever knows it; without one, only this machine. */
export function operatorsOnly(token: string | undefined): RequestHandler {
  return (request, response, next) => {
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const allowed = token === undefined ? isLocal(request) : given !== undefined && safeEqual(given, token);
    if (allowed) next();
    else response.status(401).json({ error: { code: 'operators.only', message: 'This page is for operators.' } });
  };
}
