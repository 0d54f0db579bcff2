import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { CustomersWanted } from '../../api/customers.ts';
import { useRange } from '../../range/use-range.ts';

const FILTERS = ['query', 'segment', 'tier', 'group'] as const;
export type Filter = (typeof FILTERS)[number];
type Filters = Partial<Record<Filter, string>>;

/** How far a list was paged by its own buttons; kept beside the address, since cursors only lead forward. */
const pageOfState = (state: unknown): number => {
  const page = (state as { page?: unknown } | null)?.page;
  return typeof page === 'number' ? page : 0;
};

/** Who is wanted, as the address says: filters, and the place in the list. */
export function useWanted() {
  const [params, setParams] = useSearchParams();
  const { state } = useLocation();
  const navigate = useNavigate();
  const { chosen } = useRange();
  const page = pageOfState(state);
  const filters = useMemo<Filters>(() => {
    const given = FILTERS.map((name) => [name, params.get(name) ?? ''] as const).filter(([, value]) => value !== '');
    return Object.fromEntries(given);
  }, [params]);
  const cursor = params.get('cursor') ?? undefined;
  const range = chosen?.range;
  const named = params.has('range') || (params.has('from') && params.has('to'));
  const wanted = useMemo<CustomersWanted | null>(() => {
    // The days of a group are those that the address names; without any it is counted as the server does by itself.
    if (filters.group === undefined || !named) return { ...filters, cursor };
    return range ? { ...filters, ...range, cursor } : null;
  }, [filters, cursor, range, named]);
  const change = useCallback(
    (next: Filters, { replace = false } = {}) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          after.delete('cursor');
          for (const [name, value] of Object.entries(next)) {
            if (value === '') after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace },
      ),
    [setParams],
  );
  const goTo = useCallback(
    (next: string | null) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (next === null) after.delete('cursor');
          else after.set('cursor', next);
          return after;
        },
        { state: next === null ? null : { page: page + 1 } },
      ),
    [setParams, page],
  );
  // A page that was reached by a link has none before it in this history: then the way back is the first page.
  const back = useCallback(() => (page > 0 ? void navigate(-1) : goTo(null)), [page, navigate, goTo]);
  return { filters, wanted, range, page, hasCursor: cursor !== undefined, change, goTo, back };
}
