import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';

type Edges = { edges: { node: Json }[] };

const isConnection = (value: unknown): value is Edges =>
  typeof value === 'object' && value !== null && Array.isArray((value as Edges).edges);

/** A node without its lists, then the nodes of its lists, each with the id of what it belongs to. */
function* linesOf(node: Json, parent: unknown): Generator<Json> {
  const own = Object.entries(node).filter(([, value]) => !isConnection(value));
  yield { ...Object.fromEntries(own), ...(parent === undefined ? {} : { __parentId: parent }) };
  for (const value of Object.values(node)) {
    if (isConnection(value)) for (const { node: child } of value.edges) yield* linesOf(child, node.id);
  }
}

/**
 * What a bulk operation's file holds: JSON lines, a node each, children right after their parents.
 * @returns the file, its lines and how many of them have no parent
 */
export function jsonLines(data: Json): { text: string; objects: number; roots: number } {
  const lines: string[] = [];
  let roots = 0;
  for (const value of Object.values(data)) {
    if (!isConnection(value)) continue;
    for (const { node } of value.edges) {
      roots += 1;
      for (const line of linesOf(node, undefined)) lines.push(JSON.stringify(line));
    }
  }
  return { text: lines.map((line) => `${line}\n`).join(''), objects: lines.length, roots };
}
