import { type Host, keptToken, noNavigation } from './host.ts';

/** The sandbox store: the page stands alone, and the store itself gives session tokens. */
export function sandboxHost(): Host {
  const fetchToken = async (): Promise<string> => {
    const answer = await fetch('/sandbox/session-token');
    if (!answer.ok) throw new Error('The sandbox gave no session token.');
    return ((await answer.json()) as { token: string }).token;
  };
  const { token, renew } = keptToken(fetchToken);
  return { kind: 'sandbox', token, renew, toast: null, ...noNavigation };
}
