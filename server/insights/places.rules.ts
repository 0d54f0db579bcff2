/** How many of ascending places lie at a place or before it: where those behind it begin. */
export function placesUpTo(places: Int32Array, place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] as number) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a place is among ascending places. */
export const holdsPlace = (places: Int32Array, place: number): boolean =>
  places[placesUpTo(places, place) - 1] === place;

/** Places that are in both of two ascending lists. */
export function placesInBoth(one: Int32Array, other: Int32Array): Int32Array {
  const [few, many] = one.length <= other.length ? [one, other] : [other, one];
  return few.filter((place) => holdsPlace(many, place));
}
