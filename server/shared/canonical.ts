import { hash } from 'node:crypto';
import { AppError } from './errors.ts';

// By hand: libraries for RFC 8785 write something for values that have no form; a hash chain has to refuse them.

/** Deeper than any ledger transaction; a bound, so that a cycle ends as an error and not as a stack overflow. */
const MAX_DEPTH = 64;

const refuse = (reason: string) => new AppError('canonical.invalid', `This value has no canonical form: ${reason}.`);

function quoted(text: string): string {
  if (!text.isWellFormed()) throw refuse('text with a lone surrogate');
  return JSON.stringify(text);
}

function objectText(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw refuse('an object with a class');
  const fields = value as Record<string, unknown>;
  let text = '';
  // The default sort compares UTF-16 code units, which is the order that RFC 8785 asks for.
  for (const key of Object.keys(fields).sort()) {
    const field = fields[key];
    if (field !== undefined) text += `${text === '' ? '' : ','}${quoted(key)}:${write(field, depth + 1)}`;
  }
  return `{${text}}`;
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw refuse(`nested deeper than ${MAX_DEPTH}`);
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw refuse('a number that is not a safe integer');
    return String(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, (item: unknown) => write(item, depth + 1)).join(',')}]`;
  if (typeof value === 'object') return objectText(value, depth);
  throw refuse(`a value of type ${typeof value}`);
}

/**
 * JSON text that is the same for the same data, by RFC 8785: sorted keys, no spaces. Fields that are `undefined` are
 * left out, as JSON does. Numbers must be safe integers: amounts and points are, and other numbers would make ledger
 * hashes depend on how a language prints floating point. Throws `canonical.invalid` for anything else.
 */
export const canonicalJson = (value: unknown): string => write(value, 0);

/** SHA-256 of bytes, or of text as UTF-8, in lower-case hex. */
export const sha256Hex = (data: string | Buffer): string => hash('sha256', data, 'hex');
