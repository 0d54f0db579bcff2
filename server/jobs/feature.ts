import type { FeatureIn, ScopeBase } from '../features/feature.types.ts';
import { jobRuns } from './ticks.tables.ts';

export const jobsFeature: FeatureIn<ScopeBase, unknown> = {
  name: 'jobs',
  tables: [{ table: jobRuns, ofNoShop: 'the schedule is the operator’s; its rows name a job and no shop' }],
};
