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
 * Puts tags on a customer and takes others off, here: the platform is not told. The change stands against all that is known
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
  for (const [tag, present] of wanted) {
    const row = known.get(tag);
    if ((row?.present ?? false) === present) continue;
    await putTag(scope, { customerId, tag, present, at: Math.max(scope.now, (row?.at ?? 0) + 1) });
  }
  const after = await tagsOf(scope, customerId);
  if (after.length > MOST) throw tooManyTags(MOST);
  const changed = after.join(',') !== before.join(',');
  if (changed) {
    await recordAction(scope, {
      actor,
      action: 'customer.tags',
      target: customerId,
      before: { tags: before },
      after: { tags: after },
    });
  }
  return after;
}
