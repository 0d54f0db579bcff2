import { AppError } from '../../../shared/errors.ts';
import { guess, judge, type Place } from './walk.rules.ts';

/** Pages in a row that bring nothing new, from a store that does not go on when asked to. */
const MOST_ALIKE = 3;

/** Something that a list holds, by its id at the store. */
export type Listed = { id: number };
/** `id`: null where not even that could be read. */
export type Refused = { id: number | null };

/** A page as it was fetched. `total`: what the store claims there is, or null. */
export type Fetched<T extends Listed> = { items: T[]; refused: Refused[]; total: number | null };

/** What is new on a page, by rising id, and where the walk is when that is stored. */
export type Stretch<T extends Listed> = {
  fresh: (T | Refused)[];
  place: Place;
  total: number | null;
  /** The list was read to its end. */
  done: boolean;
};

const stuck = (): AppError =>
  new AppError('woocommerce.paging', 'The store gives the same page of its list again and again.', { retryable: true });

/** Pages asked for before they are needed, so that the store never waits for us. */
function createAhead<T extends Listed>(fetch: (offset: number) => Promise<Fetched<T>>) {
  const pages = new Map<number, Promise<Fetched<T>>>();
  return {
    ask(offset: number): Promise<Fetched<T>> {
      const known = pages.get(offset);
      if (known !== undefined) return known;
      const page = fetch(offset);
      // Nobody may come to wait for it.
      page.catch(() => undefined);
      pages.set(offset, page);
      return page;
    },
    /** Takes a page out: asked for once more, it is read anew. */
    async take(offset: number): Promise<Fetched<T>> {
      const page = await this.ask(offset);
      pages.delete(offset);
      return page;
    },
    /** Forgets all pages but those that begin there. */
    keep(offsets: readonly number[]): void {
      for (const offset of pages.keys()) if (!offsets.includes(offset)) pages.delete(offset);
    },
  };
}

/**
 * Walks a list by rising ids, from a place on, whatever comes and goes meanwhile (see walk.rules.ts). While a stretch is
 * being stored the next page is on its way. Ends early once `enough` says so, with nothing lost.
 * @throws as `fetch` does; AppError woocommerce.paging (retryable) where the store does not page
 */
export async function* walk<T extends Listed>(
  fetch: (offset: number) => Promise<Fetched<T>>,
  from: Place,
  enough: () => boolean,
): AsyncGenerator<Stretch<T>> {
  const ahead = createAhead(fetch);
  let place = from;
  let alike = { first: -1, times: 0 };
  for (;;) {
    const { items, refused, total } = await ahead.take(place.offset);
    const all = [...items, ...refused];
    const ids = all.flatMap(({ id }) => id ?? []);
    const { last } = place;
    const { place: next, fresh, done } = judge(place, { ids, length: all.length });
    const paused = enough();
    if (!done && !paused) {
      const after = guess(next);
      ahead.keep([next.offset, after]);
      ahead.ask(next.offset);
      if (total === null || after < total) ahead.ask(after);
    }
    const first = Math.min(...ids);
    const forward = ids.length > 0 && next.offset > place.offset;
    alike = { first, times: fresh || !forward || first !== alike.first ? 0 : alike.times + 1 };
    if (alike.times >= MOST_ALIKE) throw stuck();
    const things = fresh ? all.filter(({ id }) => id === null || id > last).sort(byId) : [];
    yield { fresh: things, place: next, total, done };
    if (done || paused) return;
    place = next;
  }
}

/** What has no id is told of at the end of its page. */
const byId = (a: Refused, b: Refused): number => (a.id ?? Number.MAX_SAFE_INTEGER) - (b.id ?? Number.MAX_SAFE_INTEGER);
