import { AsyncLocalStorage } from 'node:async_hooks';
import { scrubFields } from './logger.scrub.ts';

const current = new AsyncLocalStorage<Record<string, unknown>>();

/** Runs work of which every log line carries `fields`, also those written much later or by code that knows nothing of it. */
export const withLogFields = <T>(fields: Record<string, unknown>, work: () => T): T =>
  current.run({ ...current.getStore(), ...fields }, work);

/** Adds fields to the log lines that follow in the work at hand; without any such work it does nothing. */
export function addLogFields(fields: Record<string, unknown>): void {
  const store = current.getStore();
  if (store) Object.assign(store, fields);
}

/**
 * What the log lines of the work at hand carry, scrubbed as every field is; here, so that a request which logs nothing
 * does not pay for it. A copy: pino writes into it.
 */
export const logFields = (): Record<string, unknown> => scrubFields(current.getStore() ?? {});
