import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { customersPage } from '../../../server/contracts/customers.ts';
import { askJson } from './client.ts';

/** `total`: how many there are in all, where the server knows it. */
type Page = z.infer<typeof customersPage> & { total?: number | null };
export type CustomerLine = Page['items'][number];

export const PAGE_SIZE = 25;
/** With several filters an answer may be short and still not the end; so often the list goes on by itself. */
const MOST_ANSWERS = 4;

/** Who is wanted; `from` and `to` are the days that a group is counted in. */
export type CustomersWanted = {
  query?: string | undefined;
  segment?: string | undefined;
  tier?: string | undefined;
  group?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  cursor?: string | undefined;
};

/** A page of customers, filled up from as many answers as it takes; with none among them the next cursor still leads on. */
export async function pageOfCustomers(wanted: CustomersWanted, ask: (wanted: object) => Promise<Page>): Promise<Page> {
  const items: CustomerLine[] = [];
  let cursor = wanted.cursor ?? null;
  let total: number | null = null;
  let asOf = Number.MAX_SAFE_INTEGER;
  for (let answers = 0; answers < MOST_ANSWERS; answers += 1) {
    const query = { ...wanted, cursor: cursor ?? undefined, limit: PAGE_SIZE - items.length };
    const page = await ask(query);
    items.push(...page.items);
    total = page.total;
    asOf = Math.min(asOf, page.asOf);
    cursor = page.nextCursor;
    if (cursor === null || items.length >= PAGE_SIZE) break;
  }
  return { items, nextCursor: cursor, total, asOf };
}

/** A page of customers; the one before stays until it is there. Null: it is not known yet who is wanted. */
export const useCustomers = (wanted: CustomersWanted | null) =>
  useQuery({
    queryKey: ['customers', wanted],
    queryFn: ({ signal }) =>
      pageOfCustomers(wanted ?? {}, (query) =>
        askJson<Page>('/customers', { query: query as Record<string, string>, signal }),
      ),
    enabled: wanted !== null,
    placeholderData: keepPreviousData,
  });
