/** Computations in hand: what runs, and what begins when it is done. */
type Shared<T> = { running: Promise<T>; next: Promise<T> | null };

/**
 * Lets callers who ask for the same at the same time share one computation. Nobody gets what began before they asked, so an
 * answer is never older than its question: who comes while one runs shares the next with all others who do.
 */
export function together<T>() {
  const byOwner = new WeakMap<object, Map<string, Shared<T>>>();
  return (owner: object, key: string, compute: () => Promise<T>): Promise<T> => {
    const all = byOwner.get(owner) ?? new Map<string, Shared<T>>();
    byOwner.set(owner, all);
    const known = all.get(key);
    if (known) {
      known.next ??= known.running.then(
        () => begin(all, key, compute),
        () => begin(all, key, compute),
      );
      return known.next;
    }
    return begin(all, key, compute);
  };
}

function begin<T>(all: Map<string, Shared<T>>, key: string, compute: () => Promise<T>): Promise<T> {
  const running = compute();
  const shared: Shared<T> = { running, next: null };
  all.set(key, shared);
  const end = (): void => {
    if (shared.next === null && all.get(key) === shared) all.delete(key);
  };
  running.then(end, end);
  return running;
}
