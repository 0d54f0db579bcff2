import { TIMELINE_KINDS as KINDS } from '../contracts/people.ts';
import { type Before, compareText, type TimelineItem, type TimelineSource } from '../features/timeline.rules.ts';
import { badRequest } from '../shared/errors.ts';

type SourceName = Pick<TimelineSource, 'kind' | 'of'>;
type Place = SourceName & { at: number; key: string };

const compareSources = (a: SourceName, b: SourceName): number =>
  KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compareText(a.of, b.of);
const comparePlaces = (a: Place, b: Place): number => b.at - a.at || compareSources(a, b) || compareText(b.key, a.key);

const START: Before = { at: Number.MAX_SAFE_INTEGER, id: null };

/** Where a source has to go on so that the stream goes on behind a place. */
function beforeIn(source: SourceName, place: Place | null): Before {
  if (place === null) return START;
  const order = compareSources(source, place);
  if (order === 0) return { at: place.at, id: place.key };
  // Of that instant, sources above have been told in full, and sources below not at all.
  return { at: order < 0 ? place.at : place.at + 1, id: null };
}

/**
 * A page of the stream that all sources make together, by (at, kind, source, key), newest first. It skips nothing and repeats
 * nothing: a cursor is a place in that order, and what is added meanwhile above it moves nothing below.
 * @throws AppError api.cursor
 */
export async function pageOfStream(sources: readonly TimelineSource[], cursor: string | undefined, limit: number) {
  const place = cursor === undefined ? null : readPlace(cursor);
  const found: { place: Place; item: TimelineItem }[] = [];
  for (const { kind, of, read } of sources) {
    const entries = await read(beforeIn({ kind, of }, place), limit + 1);
    for (const { key, item } of entries) found.push({ place: { kind, of, at: item.at, key }, item });
  }
  found.sort((a, b) => comparePlaces(a.place, b.place));
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ item }) => item),
    nextCursor: last && found.length > limit ? writePlace(last.place) : null,
  };
}

const writePlace = ({ at, kind, of, key }: Place): string =>
  Buffer.from(JSON.stringify([at, kind, of, key])).toString('base64url');

function readPlace(cursor: string): Place {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw wrongCursor();
  }
  if (!Array.isArray(parts) || parts.length !== 4) throw wrongCursor();
  const [at, kind, of, key] = parts as unknown[];
  const known = KINDS.find((one) => one === kind);
  const fits = Number.isSafeInteger(at) && typeof of === 'string' && typeof key === 'string' && isClean(of + key);
  // Keys of points are sequence numbers, and are read as such.
  const sound = kind !== 'points' || /^\d{12,15}$/.test(String(key));
  if (!fits || !known || !sound) throw wrongCursor();
  return { at: at as number, kind: known, of, key };
}

/** No database has to be asked for what none can hold. */
const isClean = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

const wrongCursor = () =>
  badRequest('api.cursor', 'This cursor is none of this list. Begin without one.', {
    field: 'cursor',
    reason: 'it does not belong to this list',
  });
