import { Counter, Histogram, Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import type { GaugeSet } from '../features/gauges.ts';
import type { Clock } from '../shared/clock.ts';
import type { Shop } from '../shops/shops.types.ts';
import { databaseGauges } from './metrics.gauges.ts';
import { processMetrics } from './metrics.process.ts';
import { topicClass } from './metrics.topics.ts';
import type { Ended } from './requests.ts';

/** How the taking in of one delivery ended. */
export type Intake = {
  platform: Shop['platform'];
  status: number;
  outcome: 'stored' | 'duplicate' | 'ping' | 'unsigned' | 'unknown_shop' | 'too_large' | 'cut_short' | 'failed';
  /** Believed only of a signed delivery; '' otherwise. */
  topic: string;
  seconds: number;
};
export type IntakeMetrics = { taken(intake: Intake): void };
export type Metrics = {
  intake: IntakeMetrics;
  requestEnded(ended: Ended): void;
  text(): Promise<string>;
  contentType: string;
};

/** An answer within a millisecond is usual; a sender gives up after 5 seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Prometheus metrics: what came in, what waits, how far behind each shop is. No personal data, no shop names: ids. */
export function createMetrics(
  { db, clock }: { db: Database; clock: Clock },
  { gauges: sets }: { gauges: readonly GaugeSet[] },
): Metrics {
  const registry = new Registry();
  const gauges = databaseGauges({ db, clock, registry }, sets);
  return {
    ...trafficMetrics(registry),
    contentType: registry.contentType,
    async text() {
      await gauges.refresh();
      return `${await registry.metrics()}\n${await processMetrics().metrics()}`;
    },
  };
}

function trafficMetrics(registry: Registry): Pick<Metrics, 'intake' | 'requestEnded'> {
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
  const intake = new Counter({
    name: 'bazgasht_webhooks_total',
    help: 'Webhook requests by platform, class of topic (of signed ones) and what became of them',
    labelNames: ['platform', 'topic', 'outcome'],
    registers,
  });
  const latency = new Histogram({
    name: 'bazgasht_webhook_seconds',
    help: 'Time from a webhook request to its answer: its body read, its signature checked, stored durably',
    labelNames: ['platform'],
    buckets: BUCKETS,
    registers,
  });
  const requests = new Histogram({
    name: 'bazgasht_http_request_seconds',
    help: 'Time to answer requests, by method, route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  });
  return {
    intake: {
      taken({ platform, status, outcome, topic, seconds }) {
        answers.inc({ status: String(status) });
        if (outcome === 'stored' || outcome === 'duplicate') stored.inc({ fresh: outcome === 'stored' ? 'yes' : 'no' });
        intake.inc({ platform, topic: topicClass(topic), outcome });
        latency.observe({ platform }, seconds);
      },
    },
    requestEnded: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: String(status) }, seconds),
  };
}
