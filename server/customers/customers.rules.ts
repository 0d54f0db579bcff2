import type { Consent, CustomerState, Version } from '../commerce/commerce.types.ts';
import type { ConsentRow, CustomerRow } from './customers.types.ts';

/**
 * Whether a full payload replaces what is known: newer by platform time, then by delivery time, then by the hash of its
 * body, so that any order of arrival ends in the same state.
 */
export function isNewer(next: Version, known: Version): boolean {
  if (next.updatedAt !== known.updatedAt) return next.updatedAt > known.updatedAt;
  if (next.triggeredAt !== known.triggeredAt) return next.triggeredAt > known.triggeredAt;
  return next.bodyHash > known.bodyHash;
}

const NAMED = ['email', 'phone', 'firstName', 'lastName', 'locale', 'country', 'note', 'registeredAt'] as const;

/** A version as text that sorts as `isNewer` orders. */
const versionText = ({ updatedAt, triggeredAt, bodyHash }: Version): string =>
  `${String(updatedAt).padStart(16, '0')}|${String(triggeredAt).padStart(16, '0')}|${bodyHash}`;

type Change = Partial<Record<string, string | number | Record<string, string> | null>>;

/**
 * What a payload changes in a row, without the version columns. Silence (null) changes nothing, since orders carry a
 * customer with half its fields and a platform that hides protected data sends null: each field keeps the newest word
 * that was said of it, whatever came first.
 */
export function customerChange(row: CustomerRow, state: CustomerState, version: Version): Partial<CustomerRow> {
  const newer = isNewer(version, row);
  const mine = versionText(version);
  const rowVersion = versionText(row);
  const said: Record<string, string> = { ...row.saidAt };
  const change: Change = {};
  for (const name of NAMED) {
    const value = state[name];
    const known = row[name];
    if (value === null) {
      if (newer && known !== null) said[name] ??= rowVersion;
      continue;
    }
    const knownAt = known === null ? '' : (said[name] ?? rowVersion);
    if (mine <= knownAt) continue;
    if (value !== known) change[name] = value;
    if (newer) delete said[name];
    else said[name] = mine;
  }
  if (JSON.stringify(said) !== JSON.stringify(row.saidAt ?? {})) {
    change.saidAt = Object.keys(said).length > 0 ? said : null;
  }
  if (row.platformId === null && state.platformId !== null) change.platformId = state.platformId;
  return change as Partial<CustomerRow>;
}

const STRICTNESS = { unknown: 0, subscribed: 1, unsubscribed: 2 };

/** The newest consent wins by its own time; of two at the same instant the stricter. */
export function consentWins(next: Consent, known: Pick<ConsentRow, 'at' | 'state'> | undefined): boolean {
  if (!known) return true;
  if (next.at !== known.at) return next.at > known.at;
  return STRICTNESS[next.state] > STRICTNESS[known.state];
}
