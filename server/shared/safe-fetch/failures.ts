/**
 * `address`: it leads to what is not on the public internet, or carries a password. `scheme`: neither http nor https.
 * `connection`: none came about, or it broke off.
 */
export type FailureKind = 'address' | 'scheme' | 'timed_out' | 'too_large' | 'certificate' | 'connection';

type About = { host: string; sent: boolean; code?: string; cause?: unknown };

/** Why there is no answer. Whoever asked says it in words of its own. */
export class FetchFailure extends Error {
  readonly kind: FailureKind;
  readonly host: string;
  /** Whether the other side may have heard the request. */
  readonly sent: boolean;
  /** Node's own, such as ECONNREFUSED; '' where there is none. */
  readonly code: string;

  /** `message`: a sentence; of a certificate what is wrong with it, as in "it has expired". */
  constructor(kind: FailureKind, message: string, { host, sent, code = '', cause }: About) {
    super(message, { cause });
    this.name = 'FetchFailure';
    this.kind = kind;
    this.host = host;
    this.sent = sent;
    this.code = code;
  }
}

export const addressRefused = (host: string) =>
  new FetchFailure('address', `${host} is not on the public internet.`, { host, sent: false });

/** What one can do about it, by the code of Node's error. */
const SENTENCES: Readonly<Record<string, (host: string) => string>> = {
  ENOTFOUND: (host) => `There is no ${host} on the internet. Check the address for a slip.`,
  EAI_AGAIN: (host) => `The name ${host} could not be looked up just now.`,
  ECONNREFUSED: (host) => `Nothing answers at ${host}. Its server may be down.`,
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

/** Whatever went wrong on the way to a host. */
export function failureOf(
  error: unknown,
  { timedOut, sent, host }: { timedOut: boolean; sent: boolean; host: string },
) {
  if (error instanceof FetchFailure) return error;
  const code = codeOf(error);
  const about = { host, sent, code, cause: error };
  if (timedOut) return new FetchFailure('timed_out', `${host} took too long to answer.`, about);
  const certificate = CERTIFICATES[code] ?? (code.startsWith('CERT_') ? code : undefined);
  if (certificate !== undefined) return new FetchFailure('certificate', certificate, about);
  return new FetchFailure('connection', SENTENCES[code]?.(host) ?? `The connection to ${host} broke off.`, about);
}
