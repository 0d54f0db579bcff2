import { badRequest } from '../shared/errors.ts';

/**
 * Where a list comes from, and so what its cursor means: search terms, a tier, places in the numbers (of a segment or a
 * group), who has points, or all customers.
 */
export type Source = 'search' | 'tier' | 'places' | 'points' | 'all';
export type Place = readonly [Source, ...(string | number)[]];

const wrongCursor = () =>
  badRequest('api.cursor', 'This cursor is none of this list. Begin without one.', {
    field: 'cursor',
    reason: 'it does not belong to this list',
  });

/** A place in a list as text that the caller hands back unread. */
export const writeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** The place that a cursor stands for. @throws AppError api.cursor when it is none, or of another kind of list */
export function readCursor(cursor: string, source: Source, types: readonly ('string' | 'number')[]) {
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw wrongCursor();
  }
  if (!Array.isArray(place) || place.length !== types.length + 1 || place[0] !== source) throw wrongCursor();
  const parts = place.slice(1) as unknown[];
  // Only what `writeCursor` can have written: terms are hex, ids are letters and digits.
  if (parts.some((part, n) => typeof part !== types[n] || !/^[\w-]*$/.test(String(part)))) throw wrongCursor();
  return parts as (string | number)[];
}
