import { gaugeSet } from '../features/gauges.ts';
import { openEffects } from './manage.usecases.ts';

/** What is owed to the world, and what somebody may have to look at. */
export const effectsGauges = gaugeSet({
  gauges: { effects: { help: 'Effects that are owed to the world, failed, or in doubt', labels: ['state'] } },
  async read({ db }) {
    const open = Object.entries(await openEffects({ db }));
    return { effects: open.map(([state, value]) => ({ labels: { state }, value })) };
  },
});
