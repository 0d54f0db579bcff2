import { FetchFailure } from '../../../shared/safe-fetch/failures.ts';
import { createSafeFetch, type SafeFetchOptions } from '../../../shared/safe-fetch/safe-fetch.ts';
import type { StoreFetch } from './store.types.ts';
import { addressRefused, certificateWrong, timedOut, tooLarge, unreachable } from './woocommerce.errors.ts';

/** A failure on the way to a store in words for its owner; `sent` in the details: the store may have heard the request. */
function storeFailure(failure: FetchFailure, maxBytes: number): Error {
  const { kind, host, message, sent, code } = failure;
  const options = { cause: failure, details: { sent } };
  if (kind === 'address') return addressRefused(host);
  if (kind === 'scheme') return unreachable('The address of the store is not one of http or https.', options);
  if (kind === 'timed_out') return timedOut(options);
  if (kind === 'too_large') return tooLarge(maxBytes);
  if (kind === 'certificate') return certificateWrong(message, options);
  return unreachable(message, { cause: failure, details: { sent, reason: code } });
}

/** The safe fetch to stores, whose addresses are what merchants typed. */
export function createStoreFetch(options: SafeFetchOptions): StoreFetch {
  const fetch = createSafeFetch(options);
  return async (request) => {
    try {
      return await fetch(request);
    } catch (error) {
      throw error instanceof FetchFailure ? storeFailure(error, request.maxBytes) : error;
    }
  };
}
