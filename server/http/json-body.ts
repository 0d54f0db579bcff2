import type { Request, RequestHandler } from 'express';
import { badInput } from './http.errors.ts';
import { rawBody } from './raw-body.ts';

/** The largest body that the API takes. */
const MAX_JSON = 256 * 1024;
const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

declare module 'express-serve-static-core' {
  interface Request {
    /** The body as it came: what an idempotency key stands for. */
    bytes?: Buffer;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a JSON body of at most 256 KB into `request.body`; nothing sent: undefined. Anything else is refused. */
export const jsonBody: RequestHandler = async (request: Request, _response, next) => {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw badInput('content_type');
  const read = await rawBody(request, MAX_JSON);
  if (!read.ok) throw badInput(read.status === 413 ? 'too_large' : 'json');
  request.bytes = read.body;
  request.body = undefined;
  if (read.body.length > 0) {
    // Strict, so that no form of a foreign page can be taken for one of ours.
    if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) throw badInput('content_type');
    try {
      request.body = JSON.parse(utf8.decode(read.body));
    } catch {
      throw badInput('json');
    }
  }
  next();
};
