import type { Catalog } from '../en/index.ts';
import type { Texts } from '../shape.ts';
import { common } from './common.ts';
import { home } from './home.ts';

/** The same in Persian: a key that is missing here does not compile. */
const catalog: Texts<Catalog> = { common, home };
export default catalog;
