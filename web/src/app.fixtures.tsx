import { configure, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import { shopStatus, shopView } from '../../server/contracts/shop.ts';
import { App } from './app.tsx';
import { type Host, noNavigation } from './hosts/host.ts';
import { forgetViewLocale, type Locale } from './i18n/locale.ts';
import { startTexts } from './i18n/start.ts';

// Pages are fetched when they are opened, which takes its time where many tests run beside each other.
configure({ asyncUtilTimeout: 8_000 });

export const NOW = Date.UTC(2026, 2, 21, 9, 30);

/** A shop as the API describes it. */
export const shop = (change: object = {}) =>
  shopView.parse({
    id: 1,
    platform: 'woocommerce',
    domain: 'shop.example.test',
    name: 'Shop',
    state: 'installed',
    currency: 'USD',
    timeZone: 'UTC',
    locale: 'en',
    calendar: 'gregory',
    country: null,
    programStart: NOW,
    today: '2026-03-21',
    showToman: false,
    economics: { grossMargin: null, acquisitionCost: null, pointCost: null },
    ...change,
  });

export const status = (change: object = {}) =>
  shopStatus.parse({
    state: 'installed',
    installedAt: NOW,
    lagSeconds: 0,
    waiting: 0,
    parked: 0,
    lastOrder: null,
    syncs: [],
    problems: [],
    ...change,
  });

type Asked = { method: string; path: string; search: string; body: unknown; authorization: string | null };
type Answer = unknown | ((asked: Asked) => unknown);
/** What the API answers, by method and path; an error is an instance of `Refusal`. */
export type Answers = Record<string, Answer>;
export class Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  constructor(status: number, code: string, message: string) {
    this.status = status;
    this.code = code;
    this.message = message;
  }
}

const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });

/** Stands in for the API. @returns what was asked of it, in order */
function serve(answers: Answers): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const { pathname, search } = new URL(input, 'http://localhost');
    const { method = 'GET', headers, body } = init;
    const parsed: unknown = typeof body === 'string' ? JSON.parse(body) : (body ?? null);
    const path = pathname.replace('/api/v1', '');
    const request = { method, path, search, body: parsed, authorization: new Headers(headers).get('authorization') };
    asked.push(request);
    const answer = answers[`${method} ${path}`];
    const given: unknown = typeof answer === 'function' ? answer(request) : answer;
    if (given instanceof Response) return given;
    if (given instanceof Refusal) return json({ error: { code: given.code, message: given.message } }, given.status);
    if (given === undefined) return json({ error: { code: 'http.not_found', message: 'There is nothing.' } }, 404);
    return json(given);
  });
  return asked;
}

export const host = (change: Partial<Host> = {}): Host => ({
  kind: 'sandbox',
  token: async () => 'a-token',
  renew: () => undefined,
  toast: null,
  ...noNavigation,
  ...change,
});

/** The whole admin, opened at an address, in front of an API that answers so. */
export async function open(
  path: string,
  { answers = {}, locale = 'en', host: shownBy = host() }: { answers?: Answers; locale?: Locale; host?: Host } = {},
) {
  forgetViewLocale();
  window.history.replaceState(null, '', `/app${path}`);
  window.scrollTo = () => undefined;
  const asked = serve({ 'GET /shop': shop({ locale }), 'GET /shop/status': status(), ...answers });
  await startTexts(locale);
  const screen = render(<App host={shownBy} />);
  return { ...screen, asked, user: userEvent.setup() };
}
