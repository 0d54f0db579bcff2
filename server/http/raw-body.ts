import type { IncomingMessage } from 'node:http';

/** The largest delivery that is taken in. */
export const MAX_BODY = 2 * 1024 * 1024;
/** What a sender may still push after it was told "too large", before the connection is cut. */
const MAX_DISCARD = 32 * 1024 * 1024;
/** Whoever takes longer has gone, or wants to keep the connection busy. Files of the API may take longer. */
const LONGEST_MS = 30_000;

export type Body = { ok: true; body: Buffer } | { ok: false; status: 400 | 413 };

/**
 * The bytes of a request exactly as they came: a signature is over bytes, not over text. Too large a body is read to its
 * end and thrown away, so that the sender gets to see the answer.
 */
export function rawBody(request: IncomingMessage, limit = MAX_BODY): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const late = setTimeout(() => request.destroy(), LONGEST_MS);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (size > MAX_DISCARD) request.destroy();
    });
    request.on('end', () => {
      clearTimeout(late);
      if (size > limit) return resolve({ ok: false, status: 413 });
      const [only] = chunks;
      resolve({ ok: true, body: chunks.length === 1 && only ? only : Buffer.concat(chunks, size) });
    });
    request.on('error', () => resolve({ ok: false, status: 400 }));
    request.on('close', () => {
      clearTimeout(late);
      resolve({ ok: false, status: size > limit ? 413 : 400 });
    });
  });
}
