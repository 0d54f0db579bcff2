import type { Catalog } from '../en/index.ts';
import type { Texts } from '../shape.ts';
import { common } from './common.ts';
import { customer } from './customer.ts';
import { customers } from './customers.ts';
import { home } from './home.ts';
import { program } from './program.ts';

/** The same in Persian: a key that is missing here does not compile. */
const catalog: Texts<Catalog> = { common, customer, customers, home, program };
export default catalog;
