import { childOf, childrenOf, HOLE, lineAt, type Node, nameOf, parse, textsOf } from './syntax.ts';

/** Attributes, and fields of what is handed to components, that are read by people. */
const READ = new Set([
  ...['label', 'title', 'placeholder', 'alt', 'aria-label', 'content', 'accessibilityLabel', 'helpText', 'caption'],
  ...['text', 'prefix', 'suffix', 'aria-roledescription', 'aria-valuetext', 'aria-description'],
]);
const LETTER = /\p{L}/u;

const worded = (texts: readonly string[]): string[] => texts.filter((text) => LETTER.test(text.replaceAll(HOLE, '')));

function saidBy(node: Node, parent: Node | null): string[] {
  switch (node.type) {
    case 'JSXText':
      return [String(node.value)];
    case 'JSXExpressionContainer':
      return parent?.type === 'JSXAttribute' ? [] : textsOf(node);
    case 'JSXAttribute':
      return READ.has(nameOf(childOf(node, 'name')) ?? '') ? textsOf(childOf(node, 'value')) : [];
    case 'Property':
      return READ.has(nameOf(childOf(node, 'key')) ?? '') ? textsOf(childOf(node, 'value')) : [];
    default:
      return [];
  }
}

/** Words that stand in a file instead of in a catalog, with their lines. */
export function hardCodedIn(path: string, text: string): { line: number; words: string }[] {
  const found: { line: number; words: string }[] = [];
  const visit = (node: Node, parent: Node | null): void => {
    for (const words of worded(saidBy(node, parent)))
      found.push({ line: lineAt(text, node.start), words: words.trim().replaceAll(HOLE, '…') });
    for (const child of childrenOf(node)) visit(child, node);
  };
  visit(parse(path, text), null);
  return found;
}
