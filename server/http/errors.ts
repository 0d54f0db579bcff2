import type { ErrorRequestHandler, RequestHandler } from 'express';
import { isAppError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { requestIdOf } from './requests.ts';

const INTERNAL = { code: 'internal', message: 'Something went wrong here. It was noted; please try again.' };

/** The one place where errors become answers. What is not ours is logged and shows nothing of the inside. */
export function errorMapper(logger: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    // 503 says that somebody else does not answer, in words of ours.
    if (isAppError(error) && (error.status < 500 || error.status === 503)) {
      if (error.status === 503) logger.warn({ err: error }, 'a request had to be put off');
      const { code, message, details } = error;
      response.status(error.status).json({ error: details ? { code, message, details } : { code, message } });
      return;
    }
    logger.error({ err: error }, 'a request failed');
    // By this the operator finds the line; the merchant can pass it on.
    response.status(500).json({ error: { ...INTERNAL, requestId: requestIdOf(response) } });
  };
}

/** Nothing lives at this address. */
export const notFoundRoute: RequestHandler = (_request, response) => {
  response.status(404).json({ error: { code: 'http.not_found', message: 'There is nothing at this address.' } });
};
