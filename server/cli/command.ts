import type { ParseArgsOptionsConfig } from 'node:util';
import type { Core } from '../app.ts';
import { AppError } from '../shared/errors.ts';

/** What the command line said, by the names of the command's options. */
export type Values = Record<string, string | boolean | undefined>;

/** What a command answers: `json` is what `--json` prints, `text` what a person reads; code 1: the check failed. */
export type Answer = { json: unknown; text: string; code?: 0 | 1 };

/** One operator command. It gets a core, with the database migrated. */
export type Command = {
  /** The words that call it, then what it does. */
  usage: string;
  options: ParseArgsOptionsConfig;
  /** The database is left as it is found, without tables where it has none. */
  asItIs?: true;
  run(context: { core: Core; values: Values; words: string[] }): Promise<Answer>;
};

/** Wrong use of a command: exit code 2. */
export const wrongUse = (message: string): AppError => new AppError('cli.usage', message, { status: 400 });

/** An option that has to be there. @throws AppError cli.usage */
export function needed(values: Values, name: string): string {
  const value = values[name];
  if (typeof value !== 'string' || value === '') throw wrongUse(`--${name} is missing`);
  return value;
}

/** An optional text. */
export const optional = (values: Values, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** An optional number within bounds. @throws AppError cli.usage */
export function number(values: Values, name: string, { min, max }: { min: number; max: number }): number | undefined {
  const text = optional(values, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < min || value > max) {
    throw wrongUse(`--${name} has to be a number from ${min} to ${max}`);
  }
  return value;
}

/** One of several words. @throws AppError cli.usage */
export function oneOf<T extends string>(values: Values, name: string, words: readonly T[]): T {
  const value = needed(values, name);
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw wrongUse(`--${name} has to be one of ${words.join(', ')}`);
  return word;
}
