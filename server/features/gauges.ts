import type { Database } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';

/** A gauge as Prometheus knows it; its whole name begins with `bazgasht_`. */
export type Gauge = { help: string; labels?: readonly string[] };

/** What a gauge stands at: one number, or one for each set of labels; a set that is left out is told no more. */
export type Reading = number | readonly { labels: Readonly<Record<string, string>>; value: number }[];

/** Gauges that are read together. */
export type GaugeSet = {
  gauges: Readonly<Record<string, Gauge>>;
  read: (deps: { db: Database; clock: Clock }) => Promise<Readonly<Record<string, Reading>>>;
};

/** Gauges of one feature: each that is named has to be read. */
export const gaugeSet = <Name extends string>(set: {
  gauges: Readonly<Record<Name, Gauge>>;
  read: (deps: { db: Database; clock: Clock }) => Promise<Readonly<Record<Name, Reading>>>;
}): GaugeSet => set;
