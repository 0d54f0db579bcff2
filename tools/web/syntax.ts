import { parseAst } from 'vite';

/** A node of the syntax tree, as far as it is looked at here. */
export type Node = { type: string; start: number; end: number; [field: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** The syntax tree of a TypeScript file, with or without JSX. */
export function parse(path: string, text: string): Node {
  const tree: unknown = parseAst(text, { lang: path.endsWith('.tsx') ? 'tsx' : 'ts' });
  if (!isNode(tree)) throw new Error(`${path} has no syntax tree.`);
  return tree;
}

/** A node's children, in the order in which they stand in the file. */
export const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flat()
    .filter(isNode)
    .sort((a, b) => a.start - b.start);

/** A child by its field, where it is a node. */
export const childOf = (node: Node | undefined, field: string): Node | undefined => {
  const value = node?.[field];
  return isNode(value) ? value : undefined;
};

/** Children in a list field. */
export const listOf = (node: Node | undefined, field: string): Node[] => {
  const value = node?.[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
};

export const nameOf = (node: Node | undefined): string | null => (typeof node?.name === 'string' ? node.name : null);

/** The line on which a place of a text is, from 1. */
export const lineAt = (text: string, place: number): number => text.slice(0, place).split('\n').length;

/** Stands for what is only known when the program runs. */
export const HOLE = '\0';

/**
 * The texts that an expression may be, with a hole for each part that is not written there; a name or a call is one hole.
 * What is said only to compare (`a === 'x'`) is none.
 */
export function textsOf(node: Node | undefined): string[] {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'TemplateLiteral': {
      const parts = listOf(node, 'quasis').map((quasi) => {
        const { cooked, raw } = quasi.value as { cooked: string | null; raw: string };
        return cooked ?? raw;
      });
      return [parts.join(HOLE)];
    }
    case 'ConditionalExpression':
      return [...textsOf(childOf(node, 'consequent')), ...textsOf(childOf(node, 'alternate'))];
    case 'LogicalExpression':
      return [...(node.operator === '&&' ? [] : textsOf(childOf(node, 'left'))), ...textsOf(childOf(node, 'right'))];
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
    case 'JSXExpressionContainer':
      return textsOf(childOf(node, 'expression'));
    default:
      return node === undefined ? [] : [HOLE];
  }
}
