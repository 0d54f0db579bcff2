import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wordpressHost } from './wordpress.ts';

const DASHBOARD = 'https://shop.example.test';
const EVIL = 'https://evil.example.test';

/** A token that ends after some seconds. */
function tokenFor(seconds: number, name = 'x'): string {
  const body = btoa(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + seconds, jti: name }));
  return `head.${body}.sign`;
}

type Asked = { message: unknown; origin: string };
let asked: Asked[] = [];
const dashboard = {
  postMessage: (message: unknown, origin: string) => asked.push({ message, origin }),
} as unknown as Window;

/** What the dashboard, or somebody else, says to the frame. */
const say = (data: unknown, { origin = DASHBOARD, source = dashboard as unknown as MessageEventSource } = {}): void => {
  const event = new MessageEvent('message', { data, origin });
  // A window of another origin is none that jsdom would take here.
  Object.defineProperty(event, 'source', { value: source });
  window.dispatchEvent(event);
};

function open(hash: string, { referrer = `${DASHBOARD}/wp-admin/` } = {}) {
  window.history.replaceState(null, '', `/app?store=x${hash}`);
  vi.spyOn(document, 'referrer', 'get').mockReturnValue(referrer);
  vi.spyOn(window, 'parent', 'get').mockReturnValue(dashboard);
  return wordpressHost();
}

beforeEach(() => {
  asked = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the token behind the address', () => {
  it('is used first, and taken out of sight at once', async () => {
    const token = tokenFor(300);
    const host = open(`#token=${token}`);
    expect(window.location.href).not.toContain('token');
    expect(window.location.search).toBe('?store=x');
    expect([await host.token(), await host.token()]).toEqual([token, token]);
    expect(asked).toEqual([]);
  });

  it('leaves other fragments alone', () => {
    open('#main');
    expect(window.location.hash).toBe('#main');
  });
});

describe('a later token', () => {
  it('is asked for at the dashboard’s origin when the first is about to end', async () => {
    const host = open(`#token=${tokenFor(5, 'first')}`);
    await host.token();
    const later = host.token();
    expect(asked).toEqual([{ message: { type: 'bazgasht:token' }, origin: DASHBOARD }]);
    const next = tokenFor(300, 'next');
    say({ type: 'bazgasht:token', token: next });
    expect(await later).toBe(next);
    expect(await host.token()).toBe(next);
  });

  it('is asked for when the server did not accept the last', async () => {
    const host = open(`#token=${tokenFor(300)}`);
    await host.token();
    host.renew();
    const later = host.token();
    say({ type: 'bazgasht:token', token: 'again' });
    expect(await later).toBe('again');
  });

  it('is asked for once, however many wait for it', async () => {
    const host = open('');
    const both = [host.token(), host.token()];
    expect(asked).toHaveLength(1);
    say({ type: 'bazgasht:token', token: 'one' });
    expect(await Promise.all(both)).toEqual(['one', 'one']);
  });

  it.each([
    ['another origin', { type: 'bazgasht:token', token: 'evil' }, { origin: EVIL }],
    ['another window', { type: 'bazgasht:token', token: 'evil' }, { source: {} as MessageEventSource }],
    ['a message about something else', { type: 'other', token: 'evil' }, {}],
    ['a token that is no text', { type: 'bazgasht:token', token: 5 }, {}],
    ['nothing at all', null, {}],
  ])('is not taken from %s', async (_name, data, from) => {
    const host = open('');
    const token = host.token();
    say(data, from);
    say({ type: 'bazgasht:token', token: 'good' });
    expect(await token).toBe('good');
  });

  it('is not waited for for ever', async () => {
    const waiting = expect(open('').token()).rejects.toThrow('no new session token');
    await vi.advanceTimersByTimeAsync(10_000);
    await waiting;
  });

  it.each([
    ['whose origin nobody knows', ''],
    ['that is no page', 'about:blank'],
  ])('is taken from no parent %s', async (_name, referrer) => {
    await expect(open('', { referrer }).token()).rejects.toThrow('no dashboard');
    expect(asked).toEqual([]);
  });

  it('is not asked for where the page stands alone', async () => {
    const host = open('');
    vi.spyOn(window, 'parent', 'get').mockReturnValue(window);
    await expect(host.token()).rejects.toThrow('no dashboard');
  });
});
