import { Counter, Gauge, Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import { backlog } from '../inbox/backlog.usecases.ts';
import type { Clock } from '../shared/clock.ts';

export type IntakeMetrics = { answered(status: number): void; received(fresh: boolean): void };
export type Metrics = { intake: IntakeMetrics; text(): Promise<string>; contentType: string };

/** Prometheus metrics: what came in, what waits, how far behind each shop is. No personal data, no shop names: ids. */
export function createMetrics({ db, clock }: { db: Database; clock: Clock }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const answers = new Counter({
    name: 'bazgasht_webhook_answers_total',
    help: 'Webhook requests by the status they were answered with',
    labelNames: ['status'],
    registers,
  });
  const stored = new Counter({
    name: 'bazgasht_deliveries_stored_total',
    help: 'Deliveries by whether they were new or known already',
    labelNames: ['fresh'],
    registers,
  });
  const states = new Gauge({
    name: 'bazgasht_deliveries',
    help: 'Deliveries that wait to be applied, and parked ones',
    labelNames: ['state'],
    registers,
  });
  const lag = new Gauge({
    name: 'bazgasht_shop_lag_seconds',
    help: 'Age of the oldest delivery of a shop that waits to be applied',
    labelNames: ['shop'],
    registers,
  });
  return {
    intake: {
      answered: (status) => answers.inc({ status: String(status) }),
      received: (fresh) => stored.inc({ fresh: fresh ? 'yes' : 'no' }),
    },
    contentType: registry.contentType,
    async text() {
      const { byState, oldest } = await backlog({ db });
      states.reset();
      lag.reset();
      for (const { state, count } of byState) states.set({ state }, count);
      for (const { shopId, receivedAt } of oldest) lag.set({ shop: String(shopId) }, (clock.now() - receivedAt) / 1000);
      return registry.metrics();
    },
  };
}
