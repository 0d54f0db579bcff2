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

/** All English texts by the part of the admin that they belong to. */
const catalog = { activity, common, customer, customers, figures, home, insights, program, reasons, settings };
export default catalog;
export type Catalog = typeof catalog;
