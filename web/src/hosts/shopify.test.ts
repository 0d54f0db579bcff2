import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bridgeScript } from '../../../server/sandbox/shopify/sandbox.bridge.ts';
import { shopifyHost } from './shopify.ts';

/** App Bridge's documented calls, as far as the admin makes them: the stand-in that the sandbox serves. */
function loadBridge(): void {
  new Function(bridgeScript('practice.example.test'))();
}

beforeEach(loadBridge);
afterEach(() => {
  delete window.shopify;
  vi.unstubAllGlobals();
});

describe('Shopify’s admin', () => {
  it('gives session tokens by itself, a fresh one each time', async () => {
    let given = 0;
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ token: `token-${++given}` })));
    const host = shopifyHost();
    expect([await host.token(), await host.token()]).toEqual(['token-1', 'token-2']);
  });

  it('says things in passing', () => {
    shopifyHost().toast?.('Saved');
    expect(document.getElementById('app-bridge-toast')?.textContent).toBe('Saved');
  });

  it('shows a save bar by its id and hides it', async () => {
    const bar = document.createElement('ui-save-bar');
    bar.id = 'bar';
    document.body.append(bar);
    const { saveBar } = shopifyHost();
    await saveBar?.hide('bar');
    expect(bar.hidden).toBe(true);
    await saveBar?.show('bar');
    expect(bar.hidden).toBe(false);
    await expect(saveBar?.show('other')).rejects.toThrow('no save bar');
    await saveBar?.leave();
  });

  it('tells of links that were followed in its navigation, until nobody listens', () => {
    const link = document.createElement('a');
    link.setAttribute('href', '/app/customers');
    document.body.append(link);
    const followed: string[] = [];
    const stop = shopifyHost().onNavigate((href) => followed.push(href));
    const navigate = () => link.dispatchEvent(new Event('shopify:navigate', { bubbles: true }));
    navigate();
    document.dispatchEvent(new Event('shopify:navigate'));
    stop();
    navigate();
    expect(followed).toEqual(['/app/customers']);
  });

  it('fails at a request, not before, where its script did not load', async () => {
    delete window.shopify;
    await expect(shopifyHost().token()).rejects.toThrow('App Bridge is not there');
  });
});
