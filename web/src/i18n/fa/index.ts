import type { Catalog } from '../en/index.ts';
import type { Texts } from '../shape.ts';
import { common } from './common.ts';
/** The same in Persian: a key that is missing here does not compile. */
import { customer } from './customer.ts';
import { customers } from './customers.ts';
import { figures } from './figures.ts';
import { home } from './home.ts';
import { insights } from './insights.ts';
import { program } from './program.ts';

const catalog: Texts<Catalog> = { common, figures, home, insights, customer, customers, program };
export default catalog;
