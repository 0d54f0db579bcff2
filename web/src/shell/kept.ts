import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** By these the server knows in whose admin it is shown, and in which language: no way inside of the admin may lose them. */
const OF_HOST = ['locale', 'embedded', 'shop', 'host', 'store'];
/** The days that were chosen stay the same on every page that shows figures of days. */
const OF_RANGE = ['range', 'from', 'to'];

/** The part of an address that goes along to another page. */
export function keptSearch(search: string): string {
  const before = new URLSearchParams(search);
  const after = new URLSearchParams();
  for (const name of [...OF_HOST, ...OF_RANGE]) {
    const value = before.get(name);
    if (value !== null) after.set(name, value);
  }
  return after.size === 0 ? '' : `?${after}`;
}

/** An address with what it lacks of the one that the admin was opened by; null: it lacks nothing. */
export function completed(search: string, opened: string): string | null {
  const [now, then] = [new URLSearchParams(search), new URLSearchParams(opened)];
  const lacking = OF_HOST.filter((name) => then.has(name) && !now.has(name));
  for (const name of lacking) now.set(name, then.get(name) ?? '');
  return lacking.length === 0 ? null : `?${now}`;
}

let opened: string | null = null;

/** Puts back what a link inside of the admin left out: loading the page anew has to find the same shop. */
export function useKeptAddress(): void {
  const { pathname, search, hash, state } = useLocation();
  const navigate = useNavigate();
  useEffect(() => {
    opened ??= search;
    const whole = completed(search, opened);
    if (whole !== null) void navigate({ pathname, search: whole, hash }, { replace: true, state });
  }, [pathname, search, hash, state, navigate]);
}

/** Another language was chosen in the address: it is the one to keep from now on. */
export function keepLocale(search: string, locale: string): string {
  const change = (text: string): string => {
    const params = new URLSearchParams(text);
    if (params.has('locale')) params.set('locale', locale);
    return params.size === 0 ? '' : `?${params}`;
  };
  if (opened !== null) opened = change(opened);
  return change(search);
}
