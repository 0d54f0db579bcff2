import { common } from './common.ts';
/** All English texts by the part of the admin that they belong to. */
import { customer } from './customer.ts';
import { customers } from './customers.ts';
import { figures } from './figures.ts';
import { home } from './home.ts';
import { insights } from './insights.ts';
import { program } from './program.ts';

const catalog = { common, figures, home, insights, customer, customers, program };
export default catalog;
export type Catalog = typeof catalog;
