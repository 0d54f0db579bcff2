import type { Consent, Contact, CustomerState, Version } from '../commerce/commerce.types.ts';
import type { Scope } from '../shops/scope.ts';
import { erasedAlready } from './customers.errors.ts';
import {
  claimIdentity,
  findByIdentity,
  findCustomer,
  insertCustomer,
  listConsents,
  listErased,
  listTags,
  type Name,
  putConsent,
  putTag,
  readCustomersAhead,
  touchCustomer,
  updateCustomer,
} from './customers.repository.ts';
import { consentWins, customerChange, isNewer } from './customers.rules.ts';
import type { CustomerRow, IdentityKind } from './customers.types.ts';
import { releaseIdentity } from './identities.repository.ts';
import { indexAgain, indexNew } from './search.usecases.ts';

/** A customer, and the guests that turned out to be the same person: their history is to be merged in. */
export type Resolved = { id: string; merge: string[] };

const UNSEEN: Version = { updatedAt: 0, triggeredAt: 0, bodyHash: '' };

const isEmpty = (contact: Contact): boolean =>
  contact.platformId === null && contact.email === null && contact.phone === null;

/**
 * Finds or makes the customer that a payload speaks of, and takes over what it says of them. A platform id names the
 * account; else the e-mail; else the phone. A guest with the account's e-mail is the same person.
 * @returns null when there is no contact at all: an order without a customer
 */
export async function recordCustomer(scope: Scope, state: CustomerState, version: Version): Promise<Resolved | null> {
  if (isEmpty(state)) return null;
  const known = await locate(scope, state);
  if (!known) return create(scope, state, version);
  const merge = await takeOver(scope, known, state, version);
  return { id: known.id, merge };
}

/** The customer whom a mere contact names, made when unknown: consents and merges may come before their customer. */
export async function customerFor(scope: Scope, contact: Contact): Promise<string | null> {
  const silent = { firstName: null, lastName: null, locale: null, country: null, note: null, registeredAt: null };
  const known = await locate(scope, contact);
  if (known) return known.id;
  return isEmpty(contact) ? null : (await create(scope, { ...contact, ...silent }, UNSEEN)).id;
}

/** The customer's row by any of their names, or null. */
async function locate(scope: Scope, { platformId, email, phone }: Contact): Promise<CustomerRow | null> {
  if (platformId !== null) {
    const id = await findByIdentity(scope, 'platform', platformId);
    if (id !== null) return findCustomer(scope, id);
  }
  const id =
    (email === null ? null : await findByIdentity(scope, 'email', email)) ??
    (phone === null || email !== null ? null : await findByIdentity(scope, 'phone', phone));
  const row = id === null ? null : await findCustomer(scope, id);
  // An account that is new to us takes a guest over; another account that used the e-mail before is another person.
  if (row && platformId !== null && row.platformId !== null) return null;
  return row;
}

async function create(scope: Scope, state: CustomerState, version: Version): Promise<Resolved> {
  const id = scope.ids.next();
  await insertCustomer(scope, {
    ...state,
    id,
    updatedAt: version.updatedAt,
    triggeredAt: version.triggeredAt,
    bodyHash: version.bodyHash,
    saidAt: null,
    createdAt: scope.now,
    deletedAt: null,
    erasedAt: null,
    mergedInto: null,
    mergedAt: null,
  });
  await indexNew(scope, id, state);
  if (state.platformId !== null) await claimIdentity(scope, 'platform', state.platformId, id);
  if (state.email !== null) return { id, merge: await claimEmail(scope, id, state.platformId, state.email, version) };
  if (state.phone !== null) await claimIdentity(scope, 'phone', state.phone, id);
  return { id, merge: [] };
}

async function takeOver(scope: Scope, row: CustomerRow, state: CustomerState, version: Version): Promise<string[]> {
  // Whoever was erased stays erased, unless the platform speaks of them anew.
  if (isErased(row, version.updatedAt)) return [];
  // An account that was merged away still sends its last words: they are not this customer's, but its e-mail leads here.
  if (row.platformId !== null && state.platformId !== null && row.platformId !== state.platformId) {
    return state.email === null ? [] : claimEmail(scope, row.id, row.platformId, state.email, version);
  }
  const change = customerChange(row, state, version);
  const newer = isNewer(version, row);
  if (Object.keys(change).length > 0) {
    const { updatedAt, triggeredAt, bodyHash } = newer ? version : row;
    await updateCustomer(scope, row.id, { ...change, updatedAt, triggeredAt, bodyHash });
    await indexAgain(scope, row.id, row, { ...row, ...change });
  } else if (newer) {
    await touchCustomer(scope, row.id, version);
  }
  if (change.platformId != null) {
    await claimIdentity(scope, 'platform', change.platformId, row.id);
    await scope.tell({ kind: 'account-linked', customerId: row.id });
  }
  const account = row.platformId ?? state.platformId;
  const fresh = newer || change.email !== undefined;
  if (fresh && state.email !== null && state.email !== row.email) await dropHearsay(scope, row);
  return state.email !== null && state.email !== row.email && fresh
    ? claimEmail(scope, row.id, account, state.email, version)
    : claimMissing(scope, row, state);
}

/**
 * Only others have spoken of this customer so far (an order by what was typed at its checkout, a consent): the e-mail that
 * they gave led here for want of a better one, and now may be anybody's again.
 */
async function dropHearsay(scope: Scope, row: CustomerRow): Promise<void> {
  if (row.updatedAt === UNSEEN.updatedAt && row.email !== null)
    await releaseIdentity(scope, 'email', row.email, row.id);
}

/** No account of the platform's: a guest, or somebody whose account was deleted and not spoken of since. */
const isGuest = ({ platformId, deletedAt, updatedAt }: CustomerRow): boolean =>
  platformId === null || (deletedAt !== null && deletedAt > updatedAt);

/**
 * The e-mail now names this customer. A guest who had it is the same person, and so is whoever had an account that is deleted;
 * another account loses it to the newer word.
 */
async function claimEmail(
  scope: Scope,
  id: string,
  account: string | null,
  email: string,
  version: Version,
): Promise<string[]> {
  const holder = await findByIdentity(scope, 'email', email);
  const other = holder === null || holder === id ? null : await findCustomer(scope, holder);
  // Whoever only used the e-mail before cannot keep it, however new their last word.
  const kept = other && !isGuest(other) && other.email === email && isNewer(other, version);
  if (holder === id || kept) return [];
  await claimIdentity(scope, 'email', email, id);
  return other && account !== null && isGuest(other) ? [other.id] : [];
}

/** A guest known by phone who now gives an e-mail, or the other way round: both names lead here. */
async function claimMissing(scope: Scope, row: CustomerRow, state: CustomerState): Promise<string[]> {
  if (state.phone !== null && state.phone !== row.phone && row.platformId === null && row.email === null) {
    if ((await findByIdentity(scope, 'phone', state.phone)) === null) {
      await claimIdentity(scope, 'phone', state.phone, row.id);
    }
  }
  return [];
}

/** Takes a consent over unless a newer word for the channel is known. */
export async function recordConsent(scope: Scope, customerId: string, consent: Consent): Promise<boolean> {
  const known = (await listConsents(scope, customerId)).find(({ channel }) => channel === consent.channel);
  if (!consentWins(consent, known) || (await wasErased(scope, customerId, consent.at))) return false;
  await putConsent(scope, { customerId, ...consent });
  const { channel, state } = consent;
  await scope.tell({ kind: 'consent-changed', customerId, channel, before: known?.state ?? null, after: state });
  return true;
}

/** Tags put on or taken off; each tag's newest word wins. */
export async function recordTags(
  scope: Scope,
  customerId: string,
  { tags, present, at }: { tags: string[]; present: boolean; at: number },
): Promise<void> {
  if (await wasErased(scope, customerId, at)) return;
  const known = new Map((await listTags(scope, customerId)).map((row) => [row.tag, row]));
  for (const tag of tags) {
    const old = known.get(tag);
    if (old && (old.at > at || (old.at === at && !old.present))) continue;
    await putTag(scope, { customerId, tag, present, at });
  }
}

/** Every customer that any of the contact's names leads to. */
export async function customersByContact(scope: Scope, { platformId, email, phone }: Contact): Promise<string[]> {
  const names = [['platform', platformId] as const, ['email', email] as const, ['phone', phone] as const];
  const found = new Set<string>();
  for (const [kind, value] of names) {
    const id = value === null ? null : await findByIdentity(scope, kind, value);
    if (id !== null) found.add(id);
  }
  return [...found];
}

/** Reads the people whom some contacts may name ahead. @returns the ids of those that are known */
export async function readPeopleAhead(scope: Scope, contacts: readonly Contact[]): Promise<string[]> {
  const name = (kind: IdentityKind, value: string | null): Name[] => (value === null ? [] : [{ kind, value }]);
  const names = contacts.flatMap(({ platformId, email, phone }) => [
    ...name('platform', platformId),
    ...name('email', email),
    ...name('phone', phone),
  ]);
  return names.length === 0 ? [] : readCustomersAhead(scope, names);
}

/** One customer by id, or null. */
export const customerById = (scope: Scope, id: string): Promise<CustomerRow | null> => findCustomer(scope, id);

const isErased = (row: Pick<CustomerRow, 'erasedAt'>, at: number): boolean =>
  row.erasedAt !== null && at <= row.erasedAt;

/** Whether the customer was erased after that instant, so that what was said of them then must not come back. */
export async function wasErased(scope: Scope, id: string, at: number): Promise<boolean> {
  const row = await findCustomer(scope, id);
  return row !== null && isErased(row, at);
}

/**
 * Whether nothing may be written down of a customer: they were erased, and no name of theirs came back since.
 * @throws AppError customers.erased
 */
export async function refuseErased(scope: Scope, id: string): Promise<void> {
  if ((await listErased(scope, [id])).length > 0) throw erasedAlready();
}

/** Those of some customers of whom nothing is known since they were erased. */
export async function erasedAmong(scope: Scope, ids: ReadonlySet<string>): Promise<Set<string>> {
  return new Set(ids.size === 0 ? [] : await listErased(scope, [...ids]));
}

/**
 * The platform deleted the account; a payload dated later brings it back. One that is part of another customer by now says
 * nothing of that one.
 * @returns whose it was; `merge`: them, where `id` is a newer account with their e-mail, which is the same person
 */
export async function recordCustomerDeleted(scope: Scope, platformId: string, at: number): Promise<Resolved | null> {
  const id = await customerFor(scope, { platformId, email: null, phone: null });
  const row = id === null ? null : await findCustomer(scope, id);
  if (!row) return null;
  if (row.platformId !== platformId || at <= (row.deletedAt ?? 0)) return { id: row.id, merge: [] };
  await updateCustomer(scope, row.id, { deletedAt: at });
  const holder = row.email === null ? null : await findByIdentity(scope, 'email', row.email);
  const heir = holder === null || holder === row.id ? null : await findCustomer(scope, holder);
  const same = heir && heir.email === row.email && !isGuest(heir) && isGuest({ ...row, deletedAt: at });
  return same ? { id: heir.id, merge: [row.id] } : { id: row.id, merge: [] };
}
