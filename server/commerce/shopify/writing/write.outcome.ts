import { NotSent } from '../../../effects/effects.errors.ts';
import { isAppError } from '../../../shared/errors.ts';
import type { Refused } from '../../writing.port.ts';

/** Shopify, or we ourselves, stopped the call before anything was done; it may go through later. */
const LATER = new Set(['shopify.throttled', 'shopify.token_revoked', 'shopify.access_denied', 'shopify.shop_closed']);
/** Understood, and not done. */
const NEVER = new Set(['shopify.refused', 'shopify.outdated']);
/** The way there ended before anybody heard us. */
const UNHEARD = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT']);
const DEPTH = 4;

function wasUnheard(error: unknown): boolean {
  let cause = error;
  for (let depth = 0; depth < DEPTH && typeof cause === 'object' && cause !== null; depth += 1) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && UNHEARD.has(code)) return true;
    cause = (cause as { cause?: unknown }).cause;
  }
  return false;
}

/**
 * Runs a call that changes something at Shopify. @returns its result, or that it was refused
 * @throws NotSent where surely nothing was done; else whatever was thrown: it may have been done
 */
export async function written<T>(work: () => Promise<T>): Promise<T | Refused> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { code, message, details } = error;
    if (NEVER.has(code)) return { outcome: 'refused', code, reason: message };
    if (!LATER.has(code) && !wasUnheard(error)) throw error;
    const inMs = typeof details?.waitMs === 'number' ? details.waitMs : 0;
    throw new NotSent(code, message, { inMs, cause: error });
  }
}
