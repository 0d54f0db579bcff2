import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';

export type Arguments = {
  first?: number;
  last?: number;
  after?: string;
  before?: string;
  query?: string;
  sortKey?: string;
  reverse?: boolean;
};

/** Shopify gives at most 250 nodes a page. */
const MOST = 250;

const cursorOf = (node: Json, index: number): string =>
  Buffer.from(JSON.stringify(typeof node.id === 'string' ? { id: node.id } : { index })).toString('base64url');

/** `field:value` and `field:>=value`, joined by spaces or AND: as much of Shopify's search as the app uses. */
const TERM = /(\w+):\s*(>=|<=|>|<)?\s*(?:'([^']*)'|"([^"]*)"|([^\s()]+))/g;
const FIELDS: Record<string, string> = {
  updated_at: 'updatedAt',
  created_at: 'createdAt',
  processed_at: 'processedAt',
};

function passes(node: Json, query: string): boolean {
  return [...query.matchAll(TERM)].every(([, name = '', operator = '=', a, b, c]) => {
    const wanted = a ?? b ?? c ?? '';
    const field = FIELDS[name];
    if (field === undefined) {
      const plain = String(name === 'id' ? String(node.id).split('/').at(-1) : (node[name] ?? ''));
      return plain.toLowerCase() === wanted.toLowerCase();
    }
    const [have, want] = [Date.parse(String(node[field])), Date.parse(wanted)];
    if (operator === '>=') return have >= want;
    if (operator === '<=') return have <= want;
    if (operator === '>') return have > want;
    return operator === '<' ? have < want : have === want;
  });
}

const SORTS: Record<string, string> = { UPDATED_AT: 'updatedAt', CREATED_AT: 'createdAt', PROCESSED_AT: 'processedAt' };

function sorted(nodes: readonly Json[], { sortKey, reverse = false }: Arguments): Json[] {
  const field = SORTS[sortKey ?? ''] ?? 'id';
  const key = (node: Json) => String(node[field] ?? '');
  // Of the same instant by id, so that no page misses or repeats a node.
  const all = [...nodes].sort((a, b) => compare(key(a), key(b)) || compare(String(a.id ?? ''), String(b.id ?? '')));
  return reverse ? all.reverse() : all;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * A page of nodes, as Shopify's connections give them; all of them in a bulk operation.
 * @throws Error without `first` and `last`, or with more than 250
 */
export function connection(nodes: readonly Json[], args: Arguments, bulk: boolean): Json {
  const { first, last, after, before, query } = args;
  const found = sorted(query ? nodes.filter((node) => passes(node, query)) : nodes, args);
  const all = found.map((node, index) => ({ node, cursor: cursorOf(node, index) }));
  if (!bulk && first === undefined && last === undefined) throw new Error('you must provide one of first or last');
  if ((first ?? last ?? 0) > MOST) throw new Error(`first cannot exceed ${MOST}`);
  const from = after === undefined ? 0 : all.findIndex(({ cursor }) => cursor === after) + 1;
  const to = before === undefined ? all.length : all.findIndex(({ cursor }) => cursor === before);
  const begin = last === undefined ? from : Math.max(from, to - last);
  const end = first === undefined ? to : Math.min(to, begin + first);
  const edges = all.slice(begin, end);
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: end < all.length,
      hasPreviousPage: begin > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
