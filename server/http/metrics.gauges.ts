import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import { openEffects } from '../effects/manage.usecases.ts';
import { backlog } from '../inbox/backlog.usecases.ts';
import { ledgerFacts } from '../points/check.usecases.ts';
import type { Clock } from '../shared/clock.ts';

/** Several scrapers, or one that is in a hurry, cost the database no more than one. */
const FRESH_MS = 5_000;

/** Shops named one by one: as many as somebody looks at, and a metrics server keeps without harm. */
const MOST_SHOPS = 20;

type Deps = { db: Database; clock: Clock; registry: Registry };

/** What is read from the database when somebody looks, at most every few seconds. */
export function databaseGauges({ db, clock, registry }: Deps): { refresh(): Promise<void> } {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `bazgasht_${name}`, help, labelNames, registers: [registry] });
  const states = gauge('deliveries', 'Deliveries that wait to be applied, and parked ones', ['state']);
  const lag = gauge('shop_lag_seconds', 'Age of the oldest delivery that waits, of the 20 shops furthest behind', [
    'shop',
  ]);
  const oldest = gauge('lag_seconds', 'Age of the oldest delivery that waits, of all shops; 0: none waits');
  const waiting = gauge('shops_waiting', 'Shops with deliveries that wait to be applied');
  const effects = gauge('effects', 'Effects that are owed to the world, failed, or in doubt', ['state']);
  const rows = gauge('ledger_rows', 'Rows of the ledger, on PostgreSQL about', ['kind']);
  const checked = gauge('ledger_checked_shops', 'Shops by the result of their last "ledger verify"', ['result']);
  const checkedAt = gauge(
    'ledger_checked_timestamp_seconds',
    'When the shop verified longest ago was; 0: none ever was',
  );
  const connections = gauge('database_connections', 'Connections to the database, by what they do', ['state']);
  const turns = gauge('database_waiting', 'Work that waits for a connection or, on SQLite, for its turn to write');

  const read = async (): Promise<void> => {
    const [open, ledger] = [await backlog({ db }), await ledgerFacts({ db })];
    const age = (receivedAt: number) => Math.max(0, clock.now() - receivedAt) / 1000;
    states.reset();
    lag.reset();
    for (const { state, count } of open.byState) states.set({ state }, count);
    for (const { shopId, receivedAt } of open.oldest.slice(0, MOST_SHOPS))
      lag.set({ shop: String(shopId) }, age(receivedAt));
    oldest.set(age(open.oldest[0]?.receivedAt ?? clock.now()));
    waiting.set(open.oldest.length);
    for (const [state, count] of Object.entries(await openEffects({ db }))) effects.set({ state }, count);
    rows.set({ kind: 'transactions' }, ledger.transactions);
    rows.set({ kind: 'postings' }, ledger.postings);
    checked.set({ result: 'ok' }, ledger.ok);
    checked.set({ result: 'wrong' }, ledger.wrong);
    checkedAt.set((ledger.oldestCheck ?? 0) / 1000);
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
      reading ??= read().finally(() => {
        reading = undefined;
      });
      await reading;
      readAt = clock.now();
    },
  };
}
