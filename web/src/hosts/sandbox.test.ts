import { afterEach, describe, expect, it, vi } from 'vitest';
import { keptToken } from './host.ts';
import { sandboxHost } from './sandbox.ts';
import { startHost } from './start.ts';

const tokenUntil = (ms: number, name = 'x'): string => `a.${btoa(JSON.stringify({ exp: ms / 1000, jti: name }))}.c`;

/** The page as the server sends it. */
function page(config: object): void {
  document.body.innerHTML = `<script type="application/json" id="bazgasht">${JSON.stringify(config)}</script>`;
}

afterEach(() => vi.unstubAllGlobals());

describe('the sandbox', () => {
  it('gives tokens itself, and they are kept while they last', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (path: string) => {
      asked.push(path);
      return new Response(JSON.stringify({ token: tokenUntil(Date.now() + 3_600_000) }));
    });
    const host = sandboxHost();
    expect(await host.token()).toBe(await host.token());
    expect(asked).toEqual(['/sandbox/session-token']);
    host.renew();
    await host.token();
    expect(asked).toHaveLength(2);
  });

  it('says so where it gives none', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 503 }));
    await expect(sandboxHost().token()).rejects.toThrow('no session token');
  });
});

describe('a kept token', () => {
  it('is fetched anew shortly before its end', async () => {
    let now = 1_000_000;
    let made = 0;
    const kept = keptToken(
      async () => tokenUntil(now + 60_000, String(++made)),
      () => now,
    );
    const first = await kept.token();
    now += 49_000;
    expect(await kept.token()).toBe(first);
    now += 2_000;
    expect(await kept.token()).not.toBe(first);
  });

  it('that does not say when it ends is fetched each time', async () => {
    let made = 0;
    const kept = keptToken(async () => `no-token-${++made}`);
    expect([await kept.token(), await kept.token()]).toEqual(['no-token-1', 'no-token-2']);
  });

  it('that could not be fetched is tried again', async () => {
    let works = false;
    const kept = keptToken(async () => {
      if (!works) throw new Error('not now');
      return 'a';
    });
    await expect(kept.token()).rejects.toThrow('not now');
    works = true;
    expect(await kept.token()).toBe('a');
  });
});

describe('the server says what shows the page', () => {
  it.each(['shopify', 'wordpress', 'sandbox'])('%s', (host) => {
    page({ host, locale: 'fa' });
    expect(startHost()?.kind).toBe(host);
  });

  it('or that nothing does', () => {
    page({ host: null, locale: null });
    expect(startHost()).toBeNull();
    document.body.innerHTML = '';
    expect(startHost()).toBeNull();
  });
});
