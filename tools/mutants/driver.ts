import { join } from 'node:path';
import { describe, it } from 'vitest';
import { nameOfFile, nameOfMutant, note, plan, write } from './runner.ts';
import { current } from './switch.ts';

/** Registers a test file's tests once more: a query makes it another module, while what it imports is loaded once. */
async function register(path: string, query: string): Promise<void> {
  write({ tag: 'alive' });
  try {
    await import(/* @vite-ignore */ `${join(process.cwd(), path)}?mutant=${query}`);
  } catch (error) {
    it('is loaded', () => {
      throw error;
    });
  }
}

if (plan.loadedWith === null) {
  // What is loaded for the first time is loaded without a mutant.
  const files = new Set(plan.mutants.flatMap((mutant) => mutant.files.map(({ path }) => path)));
  describe.skip('loading', () => {
    for (const path of files) describe(path, () => register(path, 'none'));
  });
}

for (const [index, { number, files }] of plan.mutants.entries()) {
  describe(nameOfMutant(index), () => {
    for (const { path } of files) {
      describe(nameOfFile(path), async () => {
        note();
        current.number = number;
        current.file = path;
        await register(path, String(index));
      });
    }
  });
}
