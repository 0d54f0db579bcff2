import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

export type Source = { path: string; text: string };

/** One import of another file of the project; `typeOnly`: it is gone when the code runs. */
export type Edge = { from: string; to: string; typeOnly: boolean };

type Import = { target: string; typeOnly: boolean };

/**
 * Every import of a file, as the parser sees it: `import`, `export … from`, `import()` of a literal, and types that are
 * imported in place. TypeScript 7 has no API to ask, and a regular expression takes comments and texts for code
 * (docs/adr/0023).
 */
export function importsOf({ path, text }: Source): Import[] {
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`);
  const found: Import[] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    found.push({ target: moduleRequest.value, typeOnly: entries.length > 0 && entries.every(({ isType }) => isType) });
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest) found.push({ target: moduleRequest.value, typeOnly: isType });
    }
  }
  visit(program, (node) => {
    const { type, source, argument } = node as {
      type?: string;
      source?: Literal;
      argument?: { literal?: Literal } & Literal;
    };
    if (type === 'ImportExpression' && typeof source?.value === 'string')
      found.push({ target: source.value, typeOnly: false });
    const named = type === 'TSImportType' ? (source?.value ?? argument?.literal?.value ?? argument?.value) : undefined;
    if (typeof named === 'string') found.push({ target: named, typeOnly: true });
  });
  return found;
}

type Literal = { value?: unknown };

function visit(node: unknown, see: (node: object) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) see(node);
  for (const part of Object.values(node)) visit(part, see);
}

/** The imports among some files, one a pair of files; it is of types only where all of the pair's are. */
export function edgesAmong(sources: readonly Source[]): Edge[] {
  const edges = new Map<string, Edge>();
  for (const source of sources) {
    for (const { target, typeOnly } of importsOf(source)) {
      if (!target.startsWith('.')) continue;
      const to = posix.join(posix.dirname(source.path), target);
      const known = edges.get(`${source.path} ${to}`);
      edges.set(`${source.path} ${to}`, { from: source.path, to, typeOnly: typeOnly && (known?.typeOnly ?? true) });
    }
  }
  return [...edges.values()];
}
