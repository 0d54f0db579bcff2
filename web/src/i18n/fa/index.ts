import type { Catalog } from '../en/index.ts';
import type { Texts } from '../shape.ts';
import { activity } from './activity.ts';
import { common } from './common.ts';
import { customer } from './customer.ts';
import { customers } from './customers.ts';
import { figures } from './figures.ts';
import { home } from './home.ts';
import { insights } from './insights.ts';
import { program } from './program.ts';
import { reasons } from './reasons.ts';
import { settings } from './settings.ts';

/** The same in Persian: a key that is missing here does not compile. */
const catalog: Texts<Catalog> = {
  activity,
  common,
  customer,
  customers,
  figures,
  home,
  insights,
  program,
  reasons,
  settings,
};
export default catalog;
