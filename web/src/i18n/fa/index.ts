import type { Catalog } from '../en/index.ts';
import type { Texts } from '../shape.ts';
import { common } from './common.ts';
import { figures } from './figures.ts';
import { home } from './home.ts';
import { insights } from './insights.ts';

/** The same in Persian: a key that is missing here does not compile. */
const catalog: Texts<Catalog> = { common, figures, home, insights };
export default catalog;
