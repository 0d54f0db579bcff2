// What a page measures of itself, by the definitions of web-vitals: sent to the browser before anything else runs there.

/** The parts of a performance entry that are looked at. */
type Entry = {
  startTime: number;
  duration: number;
  value: number;
  hadRecentInput: boolean;
  interactionId: number;
  name: string;
};
type Observed = { type: string; buffered: boolean; durationThreshold?: number };
type Observer = new (see: (list: { getEntries(): Entry[] }) => void) => { observe(what: Observed): void };
declare const window: { PerformanceObserver: Observer; vitals: Vitals };

export type Vitals = {
  /** Largest contentful paint: when the largest thing in sight stood there, in ms. */
  lcp: number;
  /** Cumulative layout shift: the worst session window of shifts that nobody asked for. */
  cls: number;
  /** The longest that each interaction took until the next picture, in ms. */
  interactions: Record<number, number>;
  /** Tasks of more than 50 ms: how long they were together, in ms. */
  longTasks: number;
};

/** Begins to measure; `window.vitals` is what has been seen so far. */
export function observeVitals(): void {
  const vitals: Vitals = { lcp: 0, cls: 0, interactions: {}, longTasks: 0 };
  window.vitals = vitals;
  const observe = (type: string, see: (entry: Entry) => void, more: Partial<Observed> = {}): void =>
    new window.PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true, ...more });
  observe('largest-contentful-paint', ({ startTime }) => {
    vitals.lcp = startTime;
  });
  // A session window: shifts less than a second apart, at most five seconds of them.
  let open = { first: 0, last: Number.NEGATIVE_INFINITY, sum: 0 };
  observe('layout-shift', ({ startTime, value, hadRecentInput }) => {
    if (hadRecentInput) return;
    const goesOn = startTime - open.last < 1000 && startTime - open.first < 5000;
    open = goesOn
      ? { ...open, last: startTime, sum: open.sum + value }
      : { first: startTime, last: startTime, sum: value };
    vitals.cls = Math.max(vitals.cls, open.sum);
  });
  const note = ({ interactionId, duration }: Entry): void => {
    if (interactionId) vitals.interactions[interactionId] = Math.max(vitals.interactions[interactionId] ?? 0, duration);
  };
  observe('event', note, { durationThreshold: 16 });
  observe('first-input', note);
  observe('longtask', ({ duration }) => {
    vitals.longTasks += duration;
  });
}

/** What has been seen so far. */
export const readVitals = (): Vitals => window.vitals;

/** Interaction to next paint: the longest interaction, leaving out one of each fifty. */
export function inpOf({ interactions }: Vitals): number {
  const longest = Object.values(interactions).sort((a, b) => b - a);
  return longest[Math.floor(longest.length / 50)] ?? 0;
}
