import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { secretToken } from '../../shared/ids.ts';
import type { SandboxStep, SandboxSubscription } from './sandbox.types.ts';
import type { WooState } from './woo.state.ts';

/** Tokens that the store gave to the app; instants are real time. */
export type SandboxGrant = { access: string; refresh: string; accessUntil: number; refreshUntil: number };

/** What is made once and kept: keys, the clock's offset, when the store was made. */
export type SandboxState = {
  apiKey: string;
  apiSecret: string;
  /** Real time when the store was made: its history ends there. */
  madeAt: number;
  /** How far the time machine has gone, in ms. */
  offset: number;
  /** The shop's row that the sandbox made; 0: none yet. By it a database is known as the sandbox's own. */
  shopId: number;
  /** The history is in the database. */
  filled: boolean;
  grants: SandboxGrant[];
  subscriptions: SandboxSubscription[];
  /** The scopes that the merchant has granted; left out: those of an earlier version. */
  scopes?: string[];
  /** Of a WooCommerce store only. */
  woo?: WooState;
};

const STATE = 'sandbox.json';
const JOURNAL = 'sandbox.journal';

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

/**
 * What the sandbox in this folder has kept; null where there was none.
 * @throws AppError config.invalid when the file is damaged
 */
export function readState(folder: string): SandboxState | null {
  const text = read(join(folder, STATE));
  if (text === null) return null;
  try {
    return JSON.parse(text) as SandboxState;
  } catch {
    throw new AppError('config.invalid', `${STATE} in the database folder is damaged: delete it and the database.`);
  }
}

/** Replaces what is kept, in one step: whoever reads meanwhile sees the one or the other. */
export function writeState(folder: string, state: SandboxState): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, STATE);
  writeFileSync(`${path}.new`, JSON.stringify(state, null, 2), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}

/** A new store's keys, such as Shopify gives to an app. */
export const newState = (now: number): SandboxState => ({
  apiKey: `sandbox-${secretToken(12)}`,
  apiSecret: `shpss_${secretToken(24)}`,
  madeAt: now,
  offset: 0,
  shopId: 0,
  filled: false,
  grants: [],
  subscriptions: [],
});

/** All steps since the store was made. A line that a crash cut short was never answered, and is dropped. */
export function readJournal(folder: string): SandboxStep[] {
  const path = join(folder, JOURNAL);
  const text = read(path) ?? '';
  // What is added next must not continue half a line.
  if (text !== '' && !text.endsWith('\n')) appendFileSync(path, '\n');
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as SandboxStep];
    } catch {
      return [];
    }
  });
}

/** Adds steps to the journal; durable when it returns. */
export function appendJournal(folder: string, step: SandboxStep): void {
  const file = openSync(join(folder, JOURNAL), 'a', 0o600);
  try {
    appendFileSync(file, `${JSON.stringify(step)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Begins a journal anew, for a store whose database was thrown away. */
export function dropJournal(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, JOURNAL), '', { mode: 0o600 });
}
