import { childOf, childrenOf, HOLE, lineAt, listOf, type Node, nameOf, parse, textsOf } from './syntax.ts';

/** A text that a file asks for. `namespace` null: any. `key` has holes where it is put together. */
export type Use = { namespace: string | null; key: string; line: number };

/** What a file says of texts: which ones it asks for, and words that may be keys which it hands on. */
export type Uses = { asked: Use[]; mentioned: string[] };

const DEFAULT = 'common';
const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/** Namespaces of the functions in sight, by their names: `const { t } = useTranslation('home')`. */
type Scope = Map<string, string | null>;

/** What the admin's `useTranslation(…)` or the server's `textsOf(…)` gives under which name; null: the declaration is another one. */
function translatorOf(declarator: Node): { name: string; namespace: string } | null {
  const call = childOf(declarator, 'init');
  if (call?.type !== 'CallExpression') return null;
  const maker = nameOf(childOf(call, 'callee'));
  if (maker === 'textsOf') {
    const [name, namespace] = [nameOf(childOf(declarator, 'id')), textsOf(listOf(call, 'arguments')[0])[0]];
    return name === null || namespace === undefined ? null : { name, namespace };
  }
  if (maker !== 'useTranslation') return null;
  const property = listOf(childOf(declarator, 'id'), 'properties').find((one) => nameOf(childOf(one, 'key')) === 't');
  const name = nameOf(childOf(property, 'value'));
  if (name === null) return null;
  const [first] = listOf(call, 'arguments');
  const [namespace] = textsOf(first?.type === 'ArrayExpression' ? listOf(first, 'elements')[0] : first);
  return { name, namespace: namespace ?? DEFAULT };
}

function split(text: string, namespace: string | null): { namespace: string | null; key: string } {
  const at = text.indexOf(':');
  return at < 0 ? { namespace, key: text } : { namespace: text.slice(0, at), key: text.slice(at + 1) };
}

/** The namespace that the options of a call name, if they do. */
function namespaceOf(call: Node): string | null {
  const option = listOf(listOf(call, 'arguments')[1], 'properties').find((one) => nameOf(childOf(one, 'key')) === 'ns');
  return textsOf(childOf(option, 'value'))[0] ?? null;
}

/** A translator's name: bound in sight, or handed in under its usual name. */
function callee(call: Node, scopes: readonly Scope[]): { namespace: string | null } | null {
  const target = childOf(call, 'callee');
  const name = nameOf(target?.type === 'MemberExpression' ? childOf(target, 'property') : target);
  if (name === null) return null;
  if (target?.type === 'MemberExpression') return name === 't' || name === 'exists' ? { namespace: null } : null;
  const scope = scopes.findLast((one) => one.has(name));
  if (scope) return { namespace: scope.get(name) ?? null };
  return name === 't' ? { namespace: null } : null;
}

/** What a file asks for, by its syntax: a call of a translator with a text, a template or a choice of texts. */
export function usesIn(path: string, text: string): Uses {
  const asked: Use[] = [];
  const mentioned: string[] = [];
  const visit = (node: Node, scopes: Scope[]): void => {
    const inner = FUNCTIONS.includes(node.type) ? [...scopes, new Map()] : scopes;
    if (node.type === 'VariableDeclarator') {
      const bound = translatorOf(node);
      if (bound) inner.at(-1)?.set(bound.name, bound.namespace);
    }
    const found = node.type === 'CallExpression' ? callee(node, inner) : null;
    if (found) {
      const namespace = namespaceOf(node) ?? found.namespace;
      for (const one of textsOf(listOf(node, 'arguments')[0])) {
        // A bare name is a key that was handed in: where it is written, it is mentioned.
        if (one !== HOLE) asked.push({ ...split(one, namespace), line: lineAt(text, node.start) });
      }
    }
    if (node.type === 'Literal' || node.type === 'TemplateLiteral')
      // What begins with a hole would be any key at all.
      mentioned.push(...textsOf(node).filter((one) => /^[^\0/]+\.[^/]*$/.test(one)));
    for (const child of childrenOf(node)) visit(child, inner);
  };
  visit(parse(path, text), [new Map()]);
  return { asked, mentioned };
}

/** All keys of a catalog with their texts, nested ones with dots; the lines of a list are one text. */
export function keysOf(catalog: Readonly<Record<string, unknown>>, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(catalog).flatMap(([name, value]) =>
      typeof value === 'string' || Array.isArray(value)
        ? [[`${prefix}${name}`, [value].flat().join('\n')] as const]
        : [...keysOf(value as Record<string, unknown>, `${prefix}${name}.`)],
    ),
  );
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const PLURAL = /_(?:zero|one|two|few|many|other)$/;

/** Whether a key, or the plural forms of it, is what is asked for; a hole may be anything. */
export function fits(asked: string, key: string): boolean {
  const whole = key.replace(PLURAL, '');
  if (!asked.includes(HOLE)) return asked === key || asked === whole;
  const pattern = new RegExp(`^${asked.split(HOLE).map(escaped).join('.+')}$`);
  return pattern.test(key) || pattern.test(whole);
}
