import type { ShopifyPlatform } from '../platform.ts';
import { unavailable } from '../shopify.errors.ts';
import { TIMEOUT_MS } from './admin.send.ts';

/** A file is read for this long at most; then from where it got to. */
const READING_MS = 10 * 60_000;

/** Leaves out the first bytes of a stream. */
async function* without(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunks) {
    if (chunk.length > left) yield left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

/** Tells a connection that broke from a fault of ours, and a file that is shorter than Shopify said. */
async function* whole(chunks: AsyncIterable<Uint8Array>, size: number | null): AsyncGenerator<Uint8Array> {
  let read = 0;
  const iterator = chunks[Symbol.asyncIterator]();
  for (;;) {
    const next = await iterator.next().catch((cause: unknown) => {
      throw unavailable("The connection broke while Shopify's file was read.", { cause });
    });
    if (next.done) break;
    read += next.value.length;
    yield next.value;
  }
  if (size !== null && read < size) throw unavailable("Shopify's file ended before its end.");
}

/**
 * The bytes of a bulk operation's file from `from` on; `size` is the whole file's where Shopify told it.
 * @throws AppError shopify.unavailable (retryable)
 */
export async function openBulkFile(
  platform: Pick<ShopifyPlatform, 'fetch'>,
  url: string,
  { from, size, timeoutMs = TIMEOUT_MS }: { from: number; size: number | null; timeoutMs?: number | undefined },
): Promise<AsyncIterable<Uint8Array>> {
  const answered = AbortSignal.timeout(READING_MS);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  let response: Response;
  try {
    const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
    // No token: the address itself is the permission.
    response = await platform.fetch(url, { headers, signal: AbortSignal.any([answered, late.signal]) });
  } catch (cause) {
    throw unavailable("Shopify's file cannot be reached.", { cause });
  } finally {
    clearTimeout(timer);
  }
  if (response.status === 416) return whole(empty(), size === null ? null : size - from);
  if ((response.status !== 200 && response.status !== 206) || response.body === null)
    throw unavailable("Shopify's file cannot be read.", { details: { status: response.status } });
  // A server that does not know ranges sends everything.
  const partial = response.status === 206;
  const stream = whole(response.body, size === null ? null : size - (partial ? from : 0));
  return partial || from === 0 ? stream : without(stream, from);
}

async function* empty(): AsyncGenerator<Uint8Array> {}
