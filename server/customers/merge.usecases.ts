import type { Scope } from '../shops/scope.ts';
import {
  deleteFacts,
  findCustomer,
  listConsents,
  listTags,
  moveIdentities,
  updateCustomer,
} from './customers.repository.ts';
import { customerFor, recordConsent, recordTags } from './customers.usecases.ts';
import { reassignNotes } from './notes.repository.ts';
import { unindex } from './search.usecases.ts';

const FORGOTTEN = {
  platformId: null,
  email: null,
  phone: null,
  firstName: null,
  lastName: null,
  locale: null,
  country: null,
  note: null,
  saidAt: null,
};

/**
 * Two customers turn out to be one: orders, carts, consents, tags, notes, numbers, points and tiers of `gone` become those of `kept`.
 * Doing it again changes nothing.
 */
async function mergeCustomers(scope: Scope, keptId: string, goneId: string): Promise<void> {
  const gone = await findCustomer(scope, goneId);
  if (!gone || gone.mergedInto !== null || keptId === goneId) return;
  await moveIdentities(scope, goneId, keptId);
  for (const { channel, state, at, source, evidence } of await listConsents(scope, goneId)) {
    await recordConsent(scope, keptId, { channel, state, at, source, evidence });
  }
  for (const { tag, present, at } of await listTags(scope, goneId)) {
    await recordTags(scope, keptId, { tags: [tag], present, at });
  }
  await deleteFacts(scope, goneId);
  await reassignNotes(scope, goneId, keptId);
  await unindex(scope, goneId);
  await updateCustomer(scope, goneId, { ...FORGOTTEN, mergedInto: keptId, mergedAt: scope.now });
  await scope.tell({ kind: 'customer-merged', kept: keptId, gone: goneId });
}

/** Guests who turned out to be a customer become that customer. */
export async function mergeGuests(scope: Scope, keptId: string, guests: readonly string[]): Promise<void> {
  for (const guest of guests) await mergeCustomers(scope, keptId, guest);
}

/** The platform merged two accounts; either may be unknown so far. @returns the customer who stays */
export async function mergeAccounts(scope: Scope, kept: string, gone: string): Promise<string | null> {
  const blank = { email: null, phone: null };
  const keptId = await customerFor(scope, { ...blank, platformId: kept });
  const goneId = await customerFor(scope, { ...blank, platformId: gone });
  if (keptId !== null && goneId !== null) await mergeCustomers(scope, keptId, goneId);
  return keptId;
}
