import { expect, test } from 'vitest';
import type { Fact, FactKind, ReactionsIn } from './facts.types.ts';
import { tellerOf } from './tell.ts';

type Scope = { log: string[]; tell: (fact: Fact) => Promise<void> };

const NONE = Object.fromEntries(
  (
    [
      'order-changed',
      'cart-changed',
      'product-changed',
      'points-moved',
      'tier-moved',
      'consent-changed',
      'tags-changed',
      'account-opened',
      'account-linked',
      'customer-merged',
      'customer-erased',
      'zone-changed',
      'access-granted',
    ] satisfies FactKind[]
  ).map((kind) => [kind, []]),
) as unknown as ReactionsIn<Scope>;

function scopeWith(reactions: Partial<ReactionsIn<Scope>>): Scope {
  const scope: Scope = { log: [], tell: tellerOf({ ...NONE, ...reactions }, () => scope) };
  return scope;
}

test('reactions run in their order, each when the one before is done', async () => {
  const scope = scopeWith({
    'zone-changed': [
      async ({ log }) => {
        await new Promise((resolve) => setImmediate(resolve));
        log.push('first');
      },
      async ({ log }, { from }) => log.push(`second ${from}`),
    ],
  });
  await scope.tell({ kind: 'zone-changed', from: 7 });
  expect(scope.log).toEqual(['first', 'second 7']);
});

test('facts told within a reaction wait behind it, first in, first out, and are done before tell resolves', async () => {
  const scope = scopeWith({
    'customer-erased': [
      async ({ log, tell }, { customerId }) => {
        log.push(`erase ${customerId}`);
        await tell({ kind: 'points-moved', customerId: 'a' });
        await tell({ kind: 'points-moved', customerId: 'b' });
        log.push('still erasing');
      },
      async ({ log }) => log.push('erased'),
    ],
    'points-moved': [
      async ({ log, tell }, { customerId }) => {
        log.push(`moved ${customerId}`);
        if (customerId === 'a') await tell({ kind: 'points-moved', customerId: 'c' });
      },
    ],
  });
  await scope.tell({ kind: 'customer-erased', customerId: 'x' });
  expect(scope.log).toEqual(['erase x', 'still erasing', 'erased', 'moved a', 'moved b', 'moved c']);
});

test('a reaction that fails fails whoever told, and what waited behind is not done later', async () => {
  const scope = scopeWith({
    'customer-erased': [
      async ({ tell }) => tell({ kind: 'points-moved', customerId: 'a' }),
      () => Promise.reject(new Error('no')),
    ],
    'points-moved': [async ({ log }) => log.push('moved')],
  });
  await expect(scope.tell({ kind: 'customer-erased', customerId: 'x' })).rejects.toThrow('no');
  await scope.tell({ kind: 'zone-changed', from: 1 });
  expect(scope.log).toEqual([]);
});

test('facts that lead to each other without end are an error, not a hang', async () => {
  const scope = scopeWith({
    'points-moved': [async ({ tell }, fact) => tell({ kind: 'points-moved', ...fact })],
  });
  await expect(scope.tell({ kind: 'points-moved', customerId: 'a' })).rejects.toThrow('without end');
});
