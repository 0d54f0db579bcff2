import { recordAction } from '../shops/audit.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { tooManyTags } from './customers.errors.ts';
import { listTags, putTag } from './customers.repository.ts';
import { refuseErased } from './customers.usecases.ts';

/** Tags that one customer can have. */
const MOST = 250;

/** The tags that a customer has, in order. */
export async function tagsOf(ledger: Pick<Scope, 'tx' | 'shop'>, customerId: string): Promise<string[]> {
  return (await listTags(ledger, customerId)).flatMap(({ tag, present }) => (present ? [tag] : []));
}

/**
 * Puts tags on a customer and takes others off; what follows from that (the platform is told) is the fact's. The change stands against all that is known
 * now, be the platform's clock ahead of ours; what the platform says of a tag later wins by its own time.
 * @returns the tags afterwards
 * @throws AppError customers.erased, customers.too_many_tags
 */
export async function changeTags(
  scope: Scope,
  { customerId, add, remove, actor }: { customerId: string; add: string[]; remove: string[]; actor: string },
): Promise<string[]> {
  await refuseErased(scope, customerId);
  const known = new Map((await listTags(scope, customerId)).map((row) => [row.tag, row]));
  const before = await tagsOf(scope, customerId);
  const wanted = new Map([...remove.map((tag) => [tag, false] as const), ...add.map((tag) => [tag, true] as const)]);
  const changes: { tag: string; present: boolean; at: number }[] = [];
  for (const [tag, present] of wanted) {
    const row = known.get(tag);
    if ((row?.present ?? false) === present) continue;
    const at = Math.max(scope.now, (row?.at ?? 0) + 1);
    await putTag(scope, { customerId, tag, present, at });
    changes.push({ tag, present, at });
  }
  const after = await tagsOf(scope, customerId);
  if (after.length > MOST) throw tooManyTags(MOST);
  if (changes.length > 0) {
    await recordAction(scope, {
      actor,
      action: 'customer.tags',
      target: customerId,
      before: { tags: before },
      after: { tags: after },
    });
    await scope.tell({ kind: 'tags-changed', customerId, changes });
  }
  return after;
}
