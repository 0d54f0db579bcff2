/** How far a walk through a list by rising ids is. */
export type Place = {
  /** The largest id that was taken; whatever is above it is still to come. */
  last: number;
  /** Where the next page begins, counted from the start of the list: only a guess, since the list may change meanwhile. */
  offset: number;
  /** The longest page so far: a store may give less than it is asked for. */
  longest: number;
};

/** The ids of a page as they came. */
type Page = { ids: readonly number[]; length: number };

export type Judged = {
  place: Place;
  /** Ids of the page that are to be taken: above `last` of the place before. */
  fresh: boolean;
  done: boolean;
};

export const START: Place = { last: 0, offset: 0, longest: 0 };

/** As many as WooCommerce gives at once. */
export const ASKED = 100;

/** Items that two pages share, so that the second shows that nothing was lost between them. */
const SHARED = 1;

/**
 * What a page says. WooCommerce counts pages from the start of the list: an order that goes to the bin moves all that follow
 * forward, and by page numbers one of them would never be seen. So each page begins with the last item of the one before.
 * Where it begins above it, something before it has gone, and the walk steps back until it meets what it knows. Items that
 * come in before that place (restored ones) only make it see some of them twice. A walk ends with a page that fits, is
 * shorter than others and has nothing new: neither a count that the store claims nor a short page alone ends it.
 */
export function judge(place: Place, { ids, length }: Page): Judged {
  const { last, offset } = place;
  const longest = Math.max(place.longest, length);
  const first = Math.min(...ids);
  const fits = offset === 0 || (ids.length > 0 && first <= last);
  if (!fits) {
    const step = Math.max(SHARED, (longest || ASKED) - SHARED);
    return { place: { last, longest, offset: Math.max(0, offset - step) }, fresh: false, done: false };
  }
  const fresh = ids.some((id) => id > last);
  const next = { last: Math.max(last, ...ids), longest, offset: offset + Math.max(0, length - SHARED) };
  return { place: next, fresh, done: !fresh && (length < longest || length <= SHARED) };
}

/** Where the page after the next one most likely begins, so that it can be asked for before the next one is here. */
export const guess = ({ offset, longest }: Place): number => offset + (longest || ASKED) - SHARED;
