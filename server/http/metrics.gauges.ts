import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import type { GaugeSet } from '../features/gauges.ts';
import type { Clock } from '../shared/clock.ts';

/** Several scrapers, or one that is in a hurry, cost the database no more than one. */
const FRESH_MS = 5_000;

type Deps = { db: Database; clock: Clock; registry: Registry };

/** What is read from the database when somebody looks, at most every few seconds; `sets` say what and how. */
export function databaseGauges({ db, clock, registry }: Deps, sets: readonly GaugeSet[]): { refresh(): Promise<void> } {
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name: `bazgasht_${name}`, help, labelNames, registers: [registry] });
  const known = sets.map(({ gauges, read }) => ({
    gauges: new Map(Object.entries(gauges).map(([name, { help, labels }]) => [name, gauge(name, help, labels)])),
    read,
  }));
  const connections = gauge('database_connections', 'Connections to the database, by what they do', ['state']);
  const turns = gauge('database_waiting', 'Work that waits for a connection or, on SQLite, for its turn to write');

  const readAll = async (): Promise<void> => {
    for (const { gauges, read } of known) {
      for (const [name, reading] of Object.entries(await read({ db, clock }))) {
        const of = gauges.get(name);
        if (typeof reading === 'number') of?.set(reading);
        else of?.reset();
        for (const { labels, value } of typeof reading === 'number' ? [] : reading) of?.set(labels, value);
      }
    }
  };

  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  return {
    async refresh() {
      const load = db.load();
      connections.set({ state: 'used' }, load.connections - load.idle);
      connections.set({ state: 'idle' }, load.idle);
      turns.set(load.waiting);
      // The clock may be moved back, too.
      if (Math.abs(clock.now() - readAt) < FRESH_MS) return;
      reading ??= readAll().finally(() => {
        reading = undefined;
      });
      await reading;
      readAt = clock.now();
    },
  };
}
