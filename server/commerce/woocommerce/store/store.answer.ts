import { z } from 'zod';
import type { AppError } from '../../../shared/errors.ts';
import { bounded } from '../../../shared/text.ts';
import type { StoreResponse } from './store.types.ts';
import {
  blocked,
  keysRefused,
  noApi,
  notFoundThere,
  notJson,
  permission,
  refusedByStore,
  throttled,
  unavailable,
} from './woocommerce.errors.ts';

/** How WordPress says that something is wrong. */
const errorShape = z.object({
  code: z.union([z.string(), z.number()]).transform((code) => bounded(String(code), 100)),
  message: z.string().catch(''),
});

const DAY_MS = 86_400_000;
/** Notices come before the document; nobody writes more of them than this. */
const MAX_NOTICES = 64 * 1024;
const MAX_TRIES = 20;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What plugins (a comment of a cache) and PHP (a notice at its end) put behind a document. */
const TAIL = /^\s*(?:<!--|<br\s*\/?>|(?:PHP )?(?:Notice|Warning|Deprecated)\b)/i;

function withoutTail(text: string): string {
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  return end > 0 && TAIL.test(text.slice(end, end + 200)) ? text.slice(0, end) : text;
}

/**
 * The JSON of a body; undefined where it is none. A byte order mark, and notices that PHP prints before the document (a store
 * with `display_errors` on), are left out, provided that all the rest is one document. A page is never one.
 */
export function jsonOf(body: Buffer): unknown {
  const text = withoutTail(body.toString('utf8').replace(/^[\uFEFF\s]+/, ''));
  const whole = parsed(text);
  if (whole !== undefined || /^<(?:!doctype|html|head|body|\?xml)/i.test(text)) return whole;
  const head = text.slice(0, MAX_NOTICES);
  if (!/\b(?:Notice|Warning|Deprecated|Strict Standards)\b/i.test(head)) return undefined;
  // A document begins a line, or follows the tag that ends a notice.
  let tries = 0;
  for (const { index } of head.matchAll(/(?<=^|[\n>\uFEFF]\s*)[{[]/g)) {
    const rest = parsed(text.slice(index));
    tries += 1;
    if (rest !== undefined || tries === MAX_TRIES) return rest;
  }
  return undefined;
}

/** In ms from now, a day at most; null where the header says nothing. It holds seconds, or a date of HTTP. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,6}(?:\.\d+)?$/.test(text)) return Math.min(DAY_MS, Number(text) * 1000);
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.min(DAY_MS, Math.max(0, at - now));
}

/** Codes of WordPress itself, and of plugins that close its API. */
const NOT_WOOCOMMERCE = /^(?!woocommerce_)/;

function unauthorised(status: number, code: string): AppError {
  const details = { status, code };
  if (NOT_WOOCOMMERCE.test(code)) return blocked(details);
  // 401: nobody. 403: somebody whom the store knows, who may not.
  return status === 401 ? keysRefused(details) : permission(details);
}

/** What a status that is no success says. Pure; `now` is real time. */
export function faultOf({ status, headers, body }: StoreResponse, now: number): AppError {
  const wait = retryAfterMs(headers['retry-after'], now);
  if (status === 429) return throttled(wait, { status });
  if (status === 503 && wait !== null) return throttled(wait, { status });
  const said = errorShape.safeParse(jsonOf(body));
  const code = said.success ? said.data.code : null;
  if (status >= 500 && status !== 501) return unavailable({ details: { status, code } });
  if (status === 408 || status === 425) return unavailable({ details: { status, code } });
  if (code === 'rest_no_route') return noApi({ status, code });
  if (!said.success) return status === 404 || status === 410 ? noApi({ status }) : notJson({ status });
  if (status === 401 || status === 403) return unauthorised(status, said.data.code);
  if (status === 404 || status === 410 || said.data.code.endsWith('_invalid_id'))
    return notFoundThere({ status, code });
  return refusedByStore(said.data.code, said.data.message, { status });
}

/** Whether the store took whoever asked for nobody: keys that are unknown, or that did not reach WooCommerce. */
export function isUnheard({ status, body }: StoreResponse): boolean {
  if (status !== 401) return false;
  const said = errorShape.safeParse(jsonOf(body));
  // This one says what is wrong with keys that it saw.
  return said.success && said.data.code !== 'woocommerce_rest_authentication_error';
}

/** A whole number that the store claims in a header; null where it says nothing usable. */
export function claimed(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,9}$/.test(header.trim()) ? Number(header) : null;
}

/** A list in JSON. PHP makes an object of one with a gap in its numbers; null where it is no list at all. */
export function listOf(json: unknown): unknown[] | null {
  if (Array.isArray(json)) return json;
  if (typeof json !== 'object' || json === null) return null;
  const entries = Object.entries(json);
  return entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key)) ? entries.map(([, value]) => value) : null;
}
