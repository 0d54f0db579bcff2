import { AppError } from '../../shared/errors.ts';

type Details = Record<string, unknown>;
const maybe = (details?: Details) => (details === undefined ? {} : { details });

/** Nobody can speak for this shop any more, until the merchant opens the app: that brings new tokens. */
export const tokenRevoked = () =>
  new AppError(
    'shopify.token_revoked',
    'Shopify no longer accepts the access that this shop gave to Bazgasht. Open Bazgasht in the Shopify admin to renew it.',
    { status: 409 },
  );

/** No answer, or one that says nothing of the request: the same call may succeed later. */
export const unavailable = (message: string, options: { cause?: unknown; details?: Details } = {}) =>
  new AppError('shopify.unavailable', message, { status: 503, retryable: true, ...options });

/** Shopify asks for patience, longer than a caller can wait. */
export const throttled = (details?: { waitMs: number }) =>
  new AppError('shopify.throttled', 'Shopify limits how fast this shop may be asked. Bazgasht goes on later.', {
    status: 503,
    retryable: true,
    ...maybe(details),
  });

/** The shop is frozen, closed or locked. */
export const shopClosed = (status: number) =>
  new AppError('shopify.shop_closed', 'Shopify does not let apps into this shop now: it is closed, frozen or locked.', {
    status: 409,
    details: { status },
  });

/** A permission is missing. */
export const accessDenied = (details?: Details) =>
  new AppError(
    'shopify.access_denied',
    'Shopify does not allow Bazgasht what this needs. Open Bazgasht in the Shopify admin and grant the permissions it asks for.',
    { status: 409, ...maybe(details) },
  );

/** The query itself is wrong for the version that answers: a field was withdrawn, or is not there yet. */
export const outdated = (details: Details) =>
  new AppError(
    'shopify.outdated',
    'Shopify does not know something that this version of Bazgasht asks for. Update Bazgasht.',
    { status: 502, details },
  );

/** Shopify refused the call, and would refuse it again. */
export const refusedCall = (message: string, details?: Details) =>
  new AppError('shopify.refused', `Shopify refused what Bazgasht asked: ${message}`, {
    status: 502,
    ...maybe(details),
  });

/** A session token or code that Shopify does not exchange for access. */
export const exchangeRefused = (details: Details) =>
  new AppError(
    'shopify.exchange_refused',
    'Shopify did not confirm this sign-in. Open Bazgasht from the Shopify admin again.',
    { status: 401, details },
  );
