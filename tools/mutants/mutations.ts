import { parseSync } from 'oxc-parser';

/** Ways to break code that a test should notice. */
export const KINDS = [
  'negate',
  'compare',
  'logic',
  'arithmetic',
  'drop-call',
  'boolean',
  'drop-return',
  'number',
  'drop-filter',
  'named',
] as const;
export type Kind = (typeof KINDS)[number];

/** One change to one file. `id` names file, function, kind and the code itself, so that edits elsewhere leave it as it is. */
export type Mutation = {
  id: string;
  file: string;
  kind: Kind;
  line: number;
  start: number;
  end: number;
  /** What stands there instead. */
  text: string;
};

/** A node of the syntax tree, as far as mutations look at it. */
type Node = {
  type: string;
  start: number;
  end: number;
  operator?: string;
  prefix?: boolean;
  value?: unknown;
  raw?: string;
  name?: string;
  id?: Node | null;
  key?: Node;
  test?: Node | null;
  left?: Node;
  right?: Node;
  argument?: Node | null;
  expression?: Node;
  callee?: Node;
  object?: Node;
  property?: Node;
  consequent?: Node;
  body?: Node | Node[];
  init?: Node | null;
};

type Place = { kind: Kind; node: Node; text: string; path: string };
type At = { parents: readonly Node[]; path: string };

const COMPARED: Record<string, string> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===' };
/** How repositories compare. */
const COMPARED_BY_CALL: Record<string, string> = { lt: 'lte', lte: 'lt', gt: 'gte', gte: 'gt' };
const ADDED: Record<string, string> = { '+': '-', '-': '+', '+=': '-=', '-=': '+=' };
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
/** Types around a value, which is code all the same. */
const TYPED = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']);
/** Lines for the log, and pauses for others' turn: neither changes what comes of it. */
const UNSEEN = /(?:^|\.)(?:logger|console)\??\.\w+$|^nextTurn$/;

/** Every mutation of a file, in the order of its text. @param file its path below `server/` */
export function mutationsOf(file: string, text: string): Mutation[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  const places: Place[] = [];
  walk(program as unknown as Node, { parents: [], path: '' }, text, places);
  places.sort((a, b) => a.node.start - b.node.start || b.node.end - a.node.end);
  const seen = new Map<string, number>();
  return places.map(({ kind, node, text: replacement, path }) => {
    const code = shortly(text.slice(node.start, node.end));
    const name = `${file}:${path || 'top'}:${kind}:${code}`;
    const ordinal = (seen.get(name) ?? 0) + 1;
    seen.set(name, ordinal);
    const line = text.slice(0, node.start).split('\n').length;
    const id = ordinal === 1 ? name : `${name}#${ordinal}`;
    return { id, file, kind, line, start: node.start, end: node.end, text: replacement };
  });
}

/**
 * A mutation that is written down: `code` becomes `instead`.
 * @param before what stands in front of it, to tell it from others
 * @throws where the text does not have it exactly once
 */
export function mutationAt(
  file: string,
  text: string,
  { before = '', code, instead }: { before?: string; code: string; instead: string },
): Mutation {
  const at = text.indexOf(before + code);
  if (at < 0 || text.includes(before + code, at + 1))
    throw new Error(
      `${file} does not have "${before}${code}" once: tools/mutants/areas.ts has to name what it has become`,
    );
  const start = at + before.length;
  const line = text.slice(0, start).split('\n').length;
  const id = `${file}:named:${before}${code} → ${instead}`;
  return { id, file, kind: 'named', line, start, end: start + code.length, text: instead };
}

/** The file with one mutation. */
export const mutated = (text: string, { start, end, text: replacement }: Mutation): string =>
  text.slice(0, start) + replacement + text.slice(end);

/**
 * The file with all of some mutations, each behind a switch: `mutantOn(number)` says which one is in force, so that one process
 * can try them one after the other.
 * @param mutations those of the file, in the order of mutationsOf, with their numbers
 */
export function switched(text: string, mutations: readonly (Mutation & { number: number })[]): string {
  return rangeOf(text, mutations, 0, text.length);
}

function rangeOf(text: string, inside: readonly (Mutation & { number: number })[], from: number, to: number): string {
  let out = '';
  let at = from;
  let rest = inside;
  for (let first = rest[0]; first; first = rest[0]) {
    const { start, end } = first;
    const here = rest.filter((mutation) => mutation.start === start && mutation.end === end);
    const within = rest.filter((mutation) => mutation.end <= end && !here.includes(mutation));
    let code = rangeOf(text, within, start, end);
    for (const { number, kind, text: replacement } of here) {
      if (kind === 'drop-call' || kind === 'drop-return') code = `{ if (!mutantOn(${number})) ${code} }`;
      else code = `(mutantOn(${number}) ? (${replacement}) : (${code}))`;
    }
    out += text.slice(at, start) + code;
    at = end;
    rest = rest.filter((mutation) => mutation.start >= end);
  }
  return out + text.slice(at, to);
}

function shortly(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return line.length <= 60 ? line : `${line.slice(0, 57)}…`;
}

function walk(node: Node, at: At, text: string, places: Place[]): void {
  if (isLeftOut(node, text)) return;
  for (const place of placesAt(node, at, text)) places.push({ ...place, path: at.path });
  const inside = { parents: [...at.parents, node], path: pathIn(node, at) };
  for (const [key, part] of Object.entries(node)) {
    if (key === 'typeAnnotation' || key === 'typeArguments' || key === 'returnType') continue;
    for (const child of Array.isArray(part) ? part : [part]) if (isNode(child)) walk(child, inside, text, places);
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Types, what nobody sees, and what is thrown: its text is for people. */
function isLeftOut(node: Node, text: string): boolean {
  if (node.type.startsWith('TS')) return !TYPED.has(node.type);
  if (node.type === 'ImportDeclaration' || node.type === 'ThrowStatement') return true;
  return node.type === 'CallExpression' && isUnseen(node, text);
}

const isUnseen = (call: Node, text: string): boolean =>
  call.callee !== undefined && UNSEEN.test(text.slice(call.callee.start, call.callee.end));

/** Names of the functions around a node, those without a name left out. */
function pathIn(node: Node, { parents, path }: At): string {
  if (!FUNCTIONS.has(node.type)) return path;
  const parent = parents.at(-1);
  const named = node.id ?? (parent?.type === 'VariableDeclarator' ? parent.id : parent?.key);
  if (!named?.name) return path;
  return path ? `${path}.${named.name}` : named.name;
}

type Found = { kind: Kind; node: Node; text: string };

function* placesAt(node: Node, { parents }: At, text: string): Generator<Found> {
  const parent = parents.at(-1);
  const code = ({ start, end }: Node): string => text.slice(start, end);
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      // Where it is a comparison or a negation, that is turned round for itself.
      if (node.test && !isTurned(node.test)) yield { kind: 'negate', node: node.test, text: `!(${code(node.test)})` };
      return;
    case 'UnaryExpression':
      if (node.operator === '!' && node.argument) yield { kind: 'negate', node, text: `(${code(node.argument)})` };
      return;
    case 'LogicalExpression':
    case 'BinaryExpression':
      yield* operatorsAt(node, code);
      return;
    case 'AssignmentExpression': {
      const other = ADDED[node.operator ?? ''];
      if (other && node.left && node.right)
        yield { kind: 'arithmetic', node, text: `${code(node.left)} ${other} ${code(node.right)}` };
      return;
    }
    case 'ExpressionStatement':
      if (isCall(node.expression) && !isUnseen(callOf(node.expression), text))
        yield { kind: 'drop-call', node, text: ';' };
      return;
    case 'Literal':
      if (typeof node.value === 'boolean') yield { kind: 'boolean', node, text: String(!node.value) };
      else if (typeof node.value === 'number' && isOperand(node, parent))
        yield { kind: 'number', node, text: String(node.value + 1) };
      return;
    case 'ReturnStatement':
    case 'ContinueStatement':
      if (isEarly(parents)) yield { kind: 'drop-return', node, text: ';' };
      return;
    case 'CallExpression':
      yield* callsAt(node, parents, code);
      return;
  }
}

function* operatorsAt(node: Node, code: (node: Node) => string): Generator<Found> {
  const { operator = '', left, right } = node;
  if (!left || !right) return;
  const turned = (other: string): string => `((${code(left)}) ${other} (${code(right)}))`;
  if (node.type === 'LogicalExpression') {
    if (operator === '&&') yield { kind: 'logic', node, text: turned('||') };
    if (operator === '||') yield { kind: 'logic', node, text: turned('&&') };
    return;
  }
  const compared = COMPARED[operator];
  if (compared) yield { kind: 'compare', node, text: turned(compared) };
  const added = ADDED[operator];
  if (added && !isText(left) && !isText(right)) yield { kind: 'arithmetic', node, text: turned(added) };
}

function* callsAt(node: Node, parents: readonly Node[], code: (node: Node) => string): Generator<Found> {
  const { callee } = node;
  const other = callee?.type === 'Identifier' && COMPARED_BY_CALL[callee.name ?? ''];
  if (callee && other) yield { kind: 'compare', node, text: other + code(node).slice(callee.end - callee.start) };
  const isFilter = callee?.type === 'MemberExpression' && callee.property?.name === 'filter';
  // Put into brackets, the beginning of a `?.` chain would not end the rest of it.
  if (isFilter && callee.object && !parents.some(({ type }) => type === 'ChainExpression'))
    yield { kind: 'drop-filter', node, text: code(callee.object) };
}

const isTurned = (test: Node): boolean =>
  (test.type === 'UnaryExpression' && test.operator === '!') ||
  (test.type === 'BinaryExpression' && (test.operator === '===' || test.operator === '!=='));

const callOf = (node: Node): Node => (node.type === 'AwaitExpression' && node.argument ? node.argument : node);

const isCall = (node: Node | undefined): node is Node => node !== undefined && callOf(node).type === 'CallExpression';

const isText = (node: Node): boolean =>
  node.type === 'TemplateLiteral' ||
  (node.type === 'Literal' && typeof node.value === 'string') ||
  (node.type === 'BinaryExpression' && [node.left, node.right].some((side) => side !== undefined && isText(side)));

const isNumber = (node: Node | undefined): boolean => node?.type === 'Literal' && typeof node.value === 'number';

/** Of what is computed: `2 * 60` is a constant in two words. */
const isOperand = (node: Node, parent: Node | undefined): boolean =>
  (parent?.type === 'BinaryExpression' && !(isNumber(parent.left) && isNumber(parent.right))) ||
  (parent?.type === 'AssignmentExpression' && parent.operator !== '=' && parent.right === node);

/** A return (or continue) under a condition: what follows would be done as well. */
function isEarly(parents: readonly Node[]): boolean {
  const around = parents.at(-1)?.type === 'BlockStatement' ? parents.at(-2) : parents.at(-1);
  return around?.type === 'IfStatement';
}
