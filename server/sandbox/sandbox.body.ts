import type { Request } from 'express';
import { rawBody } from '../http/raw-body.ts';
import { AppError, badRequest } from '../shared/errors.ts';

const LIMIT = 256 * 1024;

/** A request's bytes. @throws AppError sandbox.too_large, sandbox.invalid */
export async function bytesOf(request: Request): Promise<Buffer> {
  const read = await rawBody(request, LIMIT);
  if (read.ok) return read.body;
  if (read.status === 413) throw new AppError('sandbox.too_large', 'At most 256 KB.', { status: 413 });
  throw badRequest('sandbox.invalid', 'The request was cut short.');
}

/** A request's JSON; nothing at all counts as an empty object. @throws AppError sandbox.invalid */
export async function jsonOf(request: Request): Promise<unknown> {
  const text = (await bytesOf(request)).toString();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw badRequest('sandbox.invalid', 'The body is no JSON.', { field: '', reason: 'not JSON' });
  }
}

/** What a form of a page was filled in with. */
export const formOf = async (request: Request): Promise<URLSearchParams> =>
  new URLSearchParams((await bytesOf(request)).toString());
