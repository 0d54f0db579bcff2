import { readdirSync } from 'node:fs';
import { extname } from 'node:path';
import express, { type RequestHandler, Router } from 'express';

const YEAR = '365d';
/** Made when the admin is built (tools/build-web.ts), the smaller first. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/**
 * The built files of a folder, compressed where the browser takes it. They are kept for good: their names change with their
 * content. What is not there, or no longer, is a 404.
 */
export function adminFiles(folder: string): RequestHandler {
  const known = new Set(readdirSync(folder));
  const router = Router();
  router.use((request, response, next) => {
    const name = request.path.slice(1);
    const shorter = ENCODINGS.filter(([, ending]) => known.has(name + ending));
    if (shorter.length === 0) return next();
    response.vary('accept-encoding');
    const found = shorter.find(([encoding]) => request.acceptsEncodings(encoding));
    if (!found) return next();
    const [encoding, ending] = found;
    response.set('content-encoding', encoding).type(extname(name));
    request.url = `/${name}${ending}`;
    next();
  });
  router.use(express.static(folder, { index: false, redirect: false, immutable: true, maxAge: YEAR }));
  router.use((_request, response) => {
    // What was promised of another answer.
    response.removeHeader('content-encoding');
    response.status(404).end();
  });
  return router;
}
