import { activity } from '../../../../server/words/fa/activity.ts';
import { common } from '../../../../server/words/fa/common.ts';
import { customer } from '../../../../server/words/fa/customer.ts';
import { customers } from '../../../../server/words/fa/customers.ts';
import { figures } from '../../../../server/words/fa/figures.ts';
import { home } from '../../../../server/words/fa/home.ts';
import { insights } from '../../../../server/words/fa/insights.ts';
import { program } from '../../../../server/words/fa/program.ts';
import { reasons } from '../../../../server/words/fa/reasons.ts';
import { settings } from '../../../../server/words/fa/settings.ts';
import type { Texts } from '../../../../server/words/shape.ts';
import type { Catalog } from '../en/index.ts';

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
