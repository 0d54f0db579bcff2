import { setImmediate as nextTurn } from 'node:timers/promises';

type Batch<T> = { begun: boolean; answer: Promise<T> };

const settled = (): void => undefined;

/**
 * Lets callers who ask for the same at the same time share one computation. Nobody gets what began before they asked, so an
 * answer is never older than its question: it begins a turn later, behind the requests that have come in meanwhile, and who
 * comes while one runs shares the next.
 */
export function together<T>() {
  const byOwner = new WeakMap<object, Map<string, Batch<T>>>();
  return (owner: object, key: string, compute: () => Promise<T>): Promise<T> => {
    const all = byOwner.get(owner) ?? new Map<string, Batch<T>>();
    byOwner.set(owner, all);
    const known = all.get(key);
    if (known && !known.begun) return known.answer;
    const before = known ? known.answer.then(settled, settled) : Promise.resolve();
    const answer = before
      .then(() => nextTurn())
      .then(() => {
        batch.begun = true;
        return compute();
      });
    const batch: Batch<T> = { begun: false, answer };
    all.set(key, batch);
    const end = (): void => {
      if (all.get(key) === batch) all.delete(key);
    };
    answer.then(end, end);
    return answer;
  };
}
