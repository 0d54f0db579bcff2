import { common } from './common.ts';
import { home } from './home.ts';

/** All English texts by the part of the admin that they belong to. */
const catalog = { common, home };
export default catalog;
export type Catalog = typeof catalog;
