/** The store's clock, and what it counts as changed, may be this far behind. */
export const OVERLAP_MS = 3_600_000;

/**
 * From when on changes are asked for, as WooCommerce takes it with `dates_are_gmt`: UTC without a zone. With a `Z` as well
 * the store would shift it by its own offset. The end is exclusive there; the overlap has room for that.
 */
export const changedSince = (position: number) => ({
  modified_after: new Date(Math.max(0, position - OVERLAP_MS)).toISOString().slice(0, 19),
  dates_are_gmt: true,
});
