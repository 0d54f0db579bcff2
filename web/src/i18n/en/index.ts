import { activity } from '../../../../server/words/en/activity.ts';
import { common } from '../../../../server/words/en/common.ts';
import { customer } from '../../../../server/words/en/customer.ts';
import { customers } from '../../../../server/words/en/customers.ts';
import { figures } from '../../../../server/words/en/figures.ts';
import { home } from '../../../../server/words/en/home.ts';
import { insights } from '../../../../server/words/en/insights.ts';
import { program } from '../../../../server/words/en/program.ts';
import { reasons } from '../../../../server/words/en/reasons.ts';
import { settings } from '../../../../server/words/en/settings.ts';

/** All English texts by the part of the admin that they belong to. */
const catalog = { activity, common, customer, customers, figures, home, insights, program, reasons, settings };
export default catalog;
export type Catalog = typeof catalog;
