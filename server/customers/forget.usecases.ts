import type { Person } from '../features/feature.types.ts';
import type { Scope } from '../shops/scope.ts';
import { findCustomer, listMergedInto } from './customers.repository.ts';
import type { IdentityKind } from './customers.types.ts';
import { deletePersonalIdentities, eraseCustomerRows } from './forget.repository.ts';
import { listIdentities } from './identities.repository.ts';

/**
 * Some customers with everybody who was merged into them, and every e-mail, phone and platform id that ever led to them.
 * Who is being erased: ask before anything of theirs is forgotten.
 */
export async function personOf(scope: Scope, ids: readonly string[]): Promise<Person> {
  const customerIds = new Set<string>();
  for (const id of ids) for (const one of [id, ...(await listMergedInto(scope, id))]) customerIds.add(one);
  const names = { email: new Set<string>(), phone: new Set<string>(), platform: new Set<string>() };
  const add = (kind: IdentityKind, name: string | null | undefined) => name != null && names[kind].add(name);
  for (const id of customerIds) {
    for (const { kind, value } of await listIdentities(scope, id)) add(kind, value);
    const row = await findCustomer(scope, id);
    add('email', row?.email);
    add('phone', row?.phone);
    add('platform', row?.platformId);
  }
  const { email: emails, phone: phones, platform: platformIds } = names;
  return { customerIds: [...customerIds], emails: [...emails], phones: [...phones], platformIds: [...platformIds] };
}

/** Takes the contact of an erased person out of their rows. */
export const forgetContact = (scope: Scope, { customerIds }: Person) => eraseCustomerRows(scope, customerIds);

/** Forgets by what an erased person was known; the platform's ids stay. */
export const forgetIdentities = (scope: Scope, { customerIds }: Person) => deletePersonalIdentities(scope, customerIds);
