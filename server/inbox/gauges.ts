import { gaugeSet } from '../features/gauges.ts';
import { backlog } from './backlog.usecases.ts';

/** Shops named one by one: as many as somebody looks at, and a metrics server keeps without harm. */
const MOST_SHOPS = 20;

/** What waits, and how far behind each shop is. */
export const inboxGauges = gaugeSet({
  gauges: {
    deliveries: { help: 'Deliveries that wait to be applied, and parked ones', labels: ['state'] },
    shop_lag_seconds: {
      help: 'Age of the oldest delivery that waits, of the 20 shops furthest behind',
      labels: ['shop'],
    },
    lag_seconds: { help: 'Age of the oldest delivery that waits, of all shops; 0: none waits' },
    shops_waiting: { help: 'Shops with deliveries that wait to be applied' },
  },
  async read({ db, clock }) {
    const { byState, oldest } = await backlog({ db });
    const now = clock.now();
    const age = (receivedAt: number) => Math.max(0, now - receivedAt) / 1000;
    return {
      deliveries: byState.map(({ state, count }) => ({ labels: { state }, value: count })),
      shop_lag_seconds: oldest
        .slice(0, MOST_SHOPS)
        .map(({ shopId, receivedAt }) => ({ labels: { shop: String(shopId) }, value: age(receivedAt) })),
      lag_seconds: age(oldest[0]?.receivedAt ?? now),
      shops_waiting: oldest.length,
    };
  },
});
