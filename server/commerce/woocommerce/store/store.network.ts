import { isAppError } from '../../../shared/errors.ts';
import { certificateWrong, timedOut, unreachable } from './woocommerce.errors.ts';

type About = { timedOut: boolean; sent: boolean; host: string };

/** What a merchant can do about it, by the code of Node's error. */
const SENTENCES: Readonly<Record<string, (host: string) => string>> = {
  ENOTFOUND: (host) => `There is no ${host} on the internet. Check the address for a slip.`,
  EAI_AGAIN: (host) => `The name ${host} could not be looked up just now.`,
  ECONNREFUSED: (host) => `Nothing answers at ${host}. The store's server may be down.`,
  EHOSTUNREACH: (host) => `${host} cannot be reached from here. A firewall of its host may keep Bazgasht out.`,
  ENETUNREACH: (host) => `${host} cannot be reached from here. A firewall of its host may keep Bazgasht out.`,
  ETIMEDOUT: (host) => `${host} does not answer. Its server may be down, or a firewall may keep Bazgasht out.`,
  EPROTO: (host) => `${host} does not speak https at this address.`,
  ERR_SSL_WRONG_VERSION_NUMBER: (host) => `${host} does not speak https at this address.`,
};

const CERTIFICATES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by nobody but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'nobody known has signed it',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'a part of its chain is missing',
  UNABLE_TO_GET_ISSUER_CERT: 'a part of its chain is missing',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'a part of its chain is missing',
  CERT_REVOKED: 'it was revoked',
};

/** Node gathers the failures of several addresses in one error. */
function codeOf(error: unknown): string {
  const { code, errors } = error as { code?: unknown; errors?: { code?: unknown }[] };
  const found = code ?? errors?.find((inner) => typeof inner.code === 'string')?.code;
  return typeof found === 'string' ? found : '';
}

/** Whatever went wrong on the way to a store, in our words; `sent` tells whether the store may have heard it. */
export function networkError(error: unknown, { timedOut: late, sent, host }: About): Error {
  if (isAppError(error)) return error;
  const details = { sent };
  if (late) return timedOut({ cause: error, details });
  const code = codeOf(error);
  const certificate = CERTIFICATES[code] ?? (code.startsWith('CERT_') ? code : undefined);
  if (certificate !== undefined) return certificateWrong(certificate, { cause: error, details });
  const sentence = SENTENCES[code]?.(host) ?? `The connection to ${host} broke off.`;
  return unreachable(sentence, { cause: error, details: { ...details, reason: code } });
}
