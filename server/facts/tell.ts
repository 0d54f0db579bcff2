import type { Fact, FactKind, ReactionsIn } from './facts.types.ts';

/** Facts that one fact may lead to: far more than any does; a circle ends here instead of never. */
const MOST_FACTS = 10_000;

/**
 * Makes the `tell` of one transaction. A fact's reactions run in their order, each awaited; facts that they tell wait behind
 * it, first in, first out, in the same transaction. So `tell` resolves when everything that follows has been done, except
 * within a reaction, where it resolves at once.
 */
export function tellerOf<Scope>(reactions: ReactionsIn<Scope>, scope: () => Scope): (fact: Fact) => Promise<void> {
  const waiting: Fact[] = [];
  let telling = false;
  return async (fact) => {
    waiting.push(fact);
    if (telling) return;
    telling = true;
    try {
      for (let told = 0; ; told += 1) {
        const next = waiting.shift();
        if (!next) return;
        if (told >= MOST_FACTS) throw new Error(`Facts lead to each other without end, the last is ${next.kind}.`);
        await react(reactions, scope(), next);
      }
    } finally {
      // After a failure the transaction is lost; what waited belongs to it.
      waiting.length = 0;
      telling = false;
    }
  };
}

async function react<Scope, Kind extends FactKind>(
  reactions: ReactionsIn<Scope>,
  scope: Scope,
  fact: Extract<Fact, { kind: Kind }>,
): Promise<void> {
  const { kind, ...carried } = fact;
  for (const reaction of reactions[kind as Kind]) await reaction(scope, carried as never);
}
