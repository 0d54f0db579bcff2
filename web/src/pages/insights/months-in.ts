import { lengthOf, type Range } from '../../range/range.ts';

const MONTH_DAYS = 28;
/** As few and as many months as the API gives. */
const FEWEST = 2;
const MOST = 36;

/** How many months to ask for, so that those of a range are among them. */
export const monthsIn = (range: Range | null): number =>
  range ? Math.max(FEWEST, Math.min(MOST, Math.ceil(lengthOf(range) / MONTH_DAYS))) : FEWEST;
