import { common } from './common.ts';
import { figures } from './figures.ts';
import { home } from './home.ts';
import { insights } from './insights.ts';

/** All English texts by the part of the admin that they belong to. */
const catalog = { common, figures, home, insights };
export default catalog;
export type Catalog = typeof catalog;
