import type { Happening, SandboxCustomer } from '../store/sandbox.types.ts';
import { refuseWithout } from './sandbox.denied.ts';
import type { PlatformDeps } from './sandbox.platform.types.ts';

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Puts tags on a customer or takes them off, as somebody in the store's admin, or an app, does. Others hear only of what changed. */
function changeTags({ store }: PlatformDeps, id: string, tags: readonly string[], present: boolean): boolean {
  const known = store.customers.get(id);
  if (!known) return false;
  const own = known.tags ?? [];
  const asked = tags.flatMap((text) => text.split(',')).flatMap((text) => text.trim() || []);
  const changed = asked.filter((tag) => own.some((one) => same(one, tag)) !== present);
  if (changed.length === 0) return true;
  const kept = own.filter((tag) => !changed.some((one) => same(one, tag)));
  const at = store.clock.now();
  const customer: SandboxCustomer = { ...known, tags: present ? [...kept, ...changed] : kept, updatedAt: at };
  const happening: Happening = { kind: 'tags', customer, tags: changed, present };
  store.happened(at, [happening], { customer });
  return true;
}

/** `tagsAdd` and `tagsRemove`, of customers: the app tags nothing else. */
export function tagFields(deps: PlatformDeps): Record<string, unknown> {
  const field =
    (name: string, present: boolean) =>
    ({ id, tags }: { id: string; tags: string[] }) => {
      refuseWithout(deps.scopes, 'write_customers', name);
      const customer = /^gid:\/\/shopify\/Customer\/(\d+)$/.exec(id)?.[1];
      if (customer !== undefined && changeTags(deps, customer, tags, present))
        return { node: { __typename: 'Customer', id }, userErrors: [] };
      return { node: null, userErrors: [{ field: ['id'], message: 'Customer does not exist' }] };
    };
  return { tagsAdd: field('tagsAdd', true), tagsRemove: field('tagsRemove', false) };
}
