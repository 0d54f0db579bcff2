import { secretToken } from '../../shared/ids.ts';
import { verifyJwt } from '../../shared/jwt.ts';
import type { SandboxGrant, SandboxState } from '../store/sandbox.files.ts';

const HOUR = 3_600_000;
const REFRESH_DAYS = 90;
/** Grants that are remembered; older ones are as good as revoked. */
const KEPT = 20;
const LONGEST = 8_192;

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const OFFLINE = 'urn:shopify:params:oauth:token-type:offline-access-token';

type OAuthDeps = {
  state: SandboxState;
  keep(change: Partial<SandboxState>): void;
  scopes: string[];
  /** Real time. */
  now(): number;
};

type Answer = { status: number; body: unknown };

const refused = (error: string, description: string): Answer => ({
  status: 400,
  body: { error, error_description: description },
});

/** Whether a session token is one that this store made and that still holds. */
const holds = async (token: string, { apiKey, apiSecret }: SandboxState, now: number): Promise<boolean> =>
  (await verifyJwt(token, { secret: apiSecret, audience: apiKey, now, longest: LONGEST })).ok;

/**
 * Shopify's token endpoint: token exchange, authorization code and refresh, with offline tokens that expire after an hour.
 * A refresh gives new tokens and takes the old ones back.
 */
export function createOAuth({ state, keep, scopes, now }: OAuthDeps) {
  const codes = new Set<string>();
  const grant = (expiring: boolean, replaced?: SandboxGrant): Answer => {
    const made: SandboxGrant = {
      access: `shpat_${secretToken(24)}`,
      refresh: `shprt_${secretToken(24)}`,
      accessUntil: expiring ? now() + HOUR : Number.MAX_SAFE_INTEGER,
      refreshUntil: now() + REFRESH_DAYS * 24 * HOUR,
    };
    keep({ grants: [...state.grants.filter((known) => known !== replaced), made].slice(-KEPT) });
    const body = { access_token: made.access, scope: scopes.join(',') };
    if (!expiring) return { status: 200, body };
    const lasting = { expires_in: HOUR / 1000, refresh_token_expires_in: (REFRESH_DAYS * 24 * HOUR) / 1000 };
    return { status: 200, body: { ...body, refresh_token: made.refresh, ...lasting } };
  };

  return {
    /** A code such as the merchant's browser brings back after the install. */
    code(): string {
      const code = secretToken(16);
      codes.add(code);
      return code;
    },
    /** Whether an access token is in force. */
    admits: (token: string | null): boolean =>
      token !== null && state.grants.some(({ access, accessUntil }) => access === token && accessUntil > now()),
    /** Answers `POST /admin/oauth/access_token`. */
    async token(input: Record<string, unknown>): Promise<Answer> {
      if (input.client_id !== state.apiKey || input.client_secret !== state.apiSecret)
        return refused('application_cannot_be_found', 'The client id or its secret is wrong.');
      const expiring = String(input.expiring ?? '0') === '1';
      if (input.grant_type === EXCHANGE) {
        if (!(await holds(String(input.subject_token ?? ''), state, now())))
          return refused('invalid_subject_token', 'The session token is invalid or has expired.');
        if (input.requested_token_type !== OFFLINE)
          return refused('invalid_request', 'The sandbox store gives offline tokens only.');
        return grant(expiring);
      }
      if (input.grant_type === 'refresh_token') {
        const known = state.grants.find(({ refresh }) => refresh === input.refresh_token);
        if (!known || known.refreshUntil <= now()) return refused('invalid_grant', 'The refresh token is not valid.');
        return grant(true, known);
      }
      if (!codes.delete(String(input.code ?? '')))
        return refused('invalid_request', 'The authorization code was not found or was already used.');
      return grant(expiring);
    },
  };
}
