import type { Columns } from './columns.rules.ts';
import { type Silence, STAGES, type Stage, stageOf } from './lifecycle.rules.ts';
import { rfmCustomers, rfmScores, SEGMENTS, type Segment, segmentOf } from './rfm.rules.ts';

/** The names of segments as the API takes them: both families have a segment "at_risk", hence the prefixes. */
export const SEGMENT_NAMES = [
  ...SEGMENTS.map((name) => `rfm:${name}` as const),
  ...STAGES.map((name) => `lifecycle:${name}` as const),
] as const;
export type SegmentName = `rfm:${Segment}` | `lifecycle:${Stage}`;

type Numbered = { number: number; columns: Columns };

/** Calls back for every customer with orders up to a day, in the order in which RFM lists them. */
function eachBuyer(
  chunks: readonly Numbered[],
  { to, size }: { to: number; size: number },
  tell: (buyer: { place: number; orders: number; last: number }) => void,
): void {
  for (const { number, columns } of chunks) {
    const { customers, starts, days } = columns;
    for (let slot = 0; slot < customers; slot += 1) {
      const begin = starts[slot] as number;
      let end = starts[slot + 1] as number;
      while (end > begin && (days[end - 1] as number) > to) end -= 1;
      if (end > begin) tell({ place: number * size + slot, orders: end - begin, last: days[end - 1] as number });
    }
  }
}

/** Customers with orders up to a day, by place, with their scores by quantile cuts. */
export type Scored = { places: Int32Array; r: Uint8Array; f: Uint8Array };

/** Scores every customer with an order up to a day (a whole day number). */
export function scoredCustomers(chunks: readonly Numbered[], { to, size }: { to: number; size: number }): Scored {
  const { customers } = rfmCustomers(
    chunks.map(({ columns }) => columns),
    to,
  );
  const { r, f } = rfmScores(customers, 'quantile');
  const places: number[] = [];
  eachBuyer(chunks, { to, size }, ({ place }) => places.push(place));
  return { places: Int32Array.from(places), r, f };
}

/** Places of those who have certain scores. */
const placesWith = ({ places, r, f }: Scored, fits: (r: number, f: number) => boolean): Int32Array =>
  places.filter((_, at) => fits(r[at] as number, f[at] as number));

/** Places of the customers of an RFM segment, ascending as the chunks are. */
export const placesInRfm = (scored: Scored, segment: Segment): Int32Array =>
  placesWith(scored, (r, f) => segmentOf(r, f) === segment);

/** Places of the customers with such a recency and frequency score, ascending as the chunks are. */
export const placesInCell = (scored: Scored, cell: { r: number; f: number }): Int32Array =>
  placesWith(scored, (r, f) => r === cell.r && f === cell.f);

/** Places of the customers with orders who stand in a stage of their life on a day, ascending as the chunks are. */
export function placesInStage(
  chunks: readonly Numbered[],
  stage: Stage,
  { to, silence, topTier, size }: { to: number; silence: Silence; topTier: ReadonlySet<number>; size: number },
): Int32Array {
  const places: number[] = [];
  eachBuyer(chunks, { to, size }, ({ place, orders, last }) => {
    if (stageOf({ orders, silent: to - last, topTier: topTier.has(place) }, silence) === stage) places.push(place);
  });
  return Int32Array.from(places);
}
