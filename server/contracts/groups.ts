import { z } from 'zod';

const month = '\\d{4}-(?:0[1-9]|1[0-2])';
const name = '[^\\p{Cc}]{1,100}';

/**
 * A group of customers behind a figure:
 * `buyers`, `new`, `returning` (bought before the range, or twice in it), `repeat-in-range`, `top20` — of the range
 * `from`…`to`, as kpis counts them;
 * `ever`, `repeat` — at least one order, at least two, up to `to`;
 * `orders:3`, `orders:10+` — so many orders up to `to`; `cohort:2026-03` — first order in that month of the shop's calendar;
 * `cohort:2026-03:4` — of those, who bought again in the fourth month after; `channel:online`, `source:pos` — bought so in
 * the range; `gap:31-60`, `gap:366-` — with a gap of so many days between two orders of theirs, the second in the range;
 * `month:2026-03`, `month:2026-03:new`, `month:2026-03:returning` — buyers of a month, of its part in the range if one is
 * given; `rfm-score:5-4` — of an R and an F score by quantile cuts; `points` — with points that can be spent.
 */
export const groupName = z
  .string()
  .max(140)
  .regex(
    new RegExp(
      `^(?:buyers|new|returning|repeat-in-range|top20|ever|repeat|points|orders:\\d{1,3}\\+?|cohort:${month}(?::\\d{1,3})?|` +
        `month:${month}(?::(?:new|returning))?|gap:\\d{1,4}-\\d{0,4}|rfm-score:[1-5]-[1-5]|channel:${name}|source:(?:${name})?)$`,
      'u',
    ),
    'is no group of customers',
  );
