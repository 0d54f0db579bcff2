/** What an error may carry besides its code and message. */
export type AppErrorOptions = {
  /** HTTP status that the error mapper answers with; 500 when left out. */
  status?: number;
  /** Facts for the caller (field, reason, limits). They reach the client: no secrets, no personal data of others. */
  details?: Record<string, unknown>;
  /** Whether the same call may succeed later unchanged; false when left out. */
  retryable?: boolean;
  /** The foreign error behind it, for the log only. */
  cause?: unknown;
};

/**
 * The one error of the app. `code` is dotted, `feature.reason` (`rewards.not_enough_points`), and is what translations
 * and clients go by; `message` is English that a merchant can act on.
 */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown> | undefined;
  readonly retryable: boolean;

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = options.status ?? 500;
    this.details = options.details;
    this.retryable = options.retryable ?? false;
  }
}

const withStatus = (status: number) => (code: string, message: string, details?: Record<string, unknown>) =>
  new AppError(code, message, details === undefined ? { status } : { status, details });

/** 400: the input is wrong; `details` name the field and the reason. Made, not thrown. */
export const badRequest = withStatus(400);
/** 401: nobody, or nobody we know, asks. Made, not thrown. */
export const unauthorised = withStatus(401);
/** 404: what was asked for does not exist, or not for this shop. Made, not thrown. */
export const notFound = withStatus(404);
/** 409: the request is fine, the present state refuses it. Made, not thrown. */
export const conflict = withStatus(409);

/** Whether a caught value is ours, optionally with exactly this code. */
export const isAppError = (value: unknown, code?: string): value is AppError =>
  value instanceof AppError && (code === undefined || value.code === code);
