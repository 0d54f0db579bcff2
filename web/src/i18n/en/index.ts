import { activity } from './activity.ts';
import { common } from './common.ts';
import { customer } from './customer.ts';
import { customers } from './customers.ts';
import { figures } from './figures.ts';
import { home } from './home.ts';
import { insights } from './insights.ts';
<<<<<<< HEAD
import { program } from './program.ts';
=======
>>>>>>> web-home
import { reasons } from './reasons.ts';
import { settings } from './settings.ts';

/** All English texts by the part of the admin that they belong to. */
<<<<<<< HEAD
const catalog = { activity, common, customer, customers, figures, home, insights, program, reasons, settings };
=======
const catalog = { activity, common, figures, home, insights, reasons, settings };
>>>>>>> web-home
export default catalog;
export type Catalog = typeof catalog;
