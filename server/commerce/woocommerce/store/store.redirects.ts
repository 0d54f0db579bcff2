/** Redirects that a GET follows. */
export const MAX_REDIRECTS = 3;

const withoutWww = (host: string): string => host.replace(/^www\./, '');

/** Where an answer leads; null where it leads nowhere. What we signed with does not travel on. */
export function targetOfRedirect(from: URL, status: number, location: string | undefined): URL | null {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null;
  const to = URL.parse(location, from.href);
  if (to === null) return null;
  for (const name of [...to.searchParams.keys()]) if (name.startsWith('oauth_')) to.searchParams.delete(name);
  to.hash = '';
  return to;
}

/**
 * Whether the keys may follow there: the same name, with or without `www.`; never from https to http; another port only
 * together with the step from http to https.
 */
export function mayFollow(from: URL, to: URL): boolean {
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return false;
  if (to.username !== '' || to.password !== '') return false;
  if (withoutWww(to.hostname) !== withoutWww(from.hostname)) return false;
  if (from.protocol === 'https:' && to.protocol === 'http:') return false;
  return to.port === from.port || (from.protocol === 'http:' && to.protocol === 'https:');
}

/** The store's address when its API's path was found at `to`; null where another page was. */
export function baseOf(to: URL, apiPath: string): string | null {
  if (!to.pathname.endsWith(apiPath)) return null;
  return `${to.origin}${to.pathname.slice(0, -apiPath.length)}`;
}
