import type { IncomingMessage } from 'node:http';
import { brokenOff, fileTooLarge } from './http.errors.ts';

const MEGABYTE = 1024 * 1024;
/** The largest file that is taken in, as it is sent. */
const MAX_FILE_MB = 200;
/** What a sender may still push after it was refused, before the connection is cut: so it gets to see the answer. */
const MAX_DISCARD = 32 * MEGABYTE;
/** Nothing comes for so long: the sender has gone. */
const SILENCE_MS = 60_000;

/**
 * The bytes of a request as they come, for what is too large for the memory.
 * @throws AppError api.too_large, api.broken_off
 */
export async function* fileBody(request: IncomingMessage, maxMegabytes = MAX_FILE_MB): AsyncGenerator<Buffer> {
  const limit = maxMegabytes * MEGABYTE;
  const silent = setTimeout(() => request.destroy(), SILENCE_MS);
  try {
    if (Number(request.headers['content-length'] ?? 0) > limit) throw fileTooLarge(maxMegabytes);
    let size = 0;
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      silent.refresh();
      size += chunk.length;
      if (size > limit) throw fileTooLarge(maxMegabytes);
      yield chunk;
    }
  } catch (error) {
    throw request.readableAborted ? brokenOff() : error;
  } finally {
    clearTimeout(silent);
    discard(request);
  }
}

/** Reads what is left of a request and throws it away, up to a limit. */
function discard(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return;
  let left = MAX_DISCARD;
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.on('error', () => undefined);
}
