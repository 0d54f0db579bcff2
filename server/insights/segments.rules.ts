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

const ALWAYS = Number.MAX_SAFE_INTEGER;

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

/** Places of the customers of an RFM segment (quantile cuts, all orders known), ascending. */
export function placesInRfm(chunks: readonly Numbered[], segment: Segment, size: number): number[] {
  const { customers } = rfmCustomers(
    chunks.map(({ columns }) => columns),
    ALWAYS,
  );
  const { r, f } = rfmScores(customers, 'quantile');
  const places: number[] = [];
  let at = 0;
  eachBuyer(chunks, { to: ALWAYS, size }, ({ place }) => {
    if (segmentOf(r[at] as number, f[at] as number) === segment) places.push(place);
    at += 1;
  });
  return places.sort((a, b) => a - b);
}

/** Places of the customers with orders who stand in a stage of their life on a day, ascending. */
export function placesInStage(
  chunks: readonly Numbered[],
  stage: Stage,
  { to, silence, topTier, size }: { to: number; silence: Silence; topTier: ReadonlySet<number>; size: number },
): number[] {
  const places: number[] = [];
  eachBuyer(chunks, { to, size }, ({ place, orders, last }) => {
    if (stageOf({ orders, silent: to - last, topTier: topTier.has(place) }, silence) === stage) places.push(place);
  });
  return places.sort((a, b) => a - b);
}
