import { common } from './common.ts';
import { customer } from './customer.ts';
import { customers } from './customers.ts';
import { home } from './home.ts';
import { program } from './program.ts';

/** All English texts by the part of the admin that they belong to. */
const catalog = { common, customer, customers, home, program };
export default catalog;
export type Catalog = typeof catalog;
