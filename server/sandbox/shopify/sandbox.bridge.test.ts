import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { bridgeScript } from './sandbox.bridge.ts';

type Element = { id: string; hidden: boolean; textContent: string; attributes: Record<string, string> };

/** As much of a page as the script touches. */
function page() {
  const elements = new Map<string, Element>();
  const make = () => {
    const attributes: Record<string, string> = {};
    const setAttribute = (name: string, value: string) => {
      attributes[name] = value;
    };
    return { id: '', hidden: true, textContent: '', attributes, setAttribute };
  };
  const bar = { ...make(), id: 'bar' };
  elements.set('bar', bar);
  const document = {
    getElementById: (id: string) => elements.get(id) ?? null,
    createElement: make,
    body: { append: (element: Element) => elements.set(element.id, element) },
    documentElement: { lang: 'fa', toggleAttribute: () => undefined },
  };
  const asked: string[] = [];
  const fetch = async (path: string) => {
    asked.push(path);
    return { ok: true, json: async () => ({ token: 'a.b.c' }) };
  };
  const window: { shopify?: Bridge } = {};
  runInNewContext(bridgeScript('sandbox-store.myshopify.com'), { window, document, fetch, setTimeout: vi.fn() });
  return { shopify: window.shopify as Bridge, elements, asked };
}

type Bridge = {
  config: { shop: string; locale: string };
  idToken(): Promise<string>;
  toast: { show(text: string): string; hide(text: string): void };
  saveBar: Record<'show' | 'hide' | 'toggle', (id: string) => Promise<void>>;
};

test('a page gets its session token from the sandbox, as it would from App Bridge', async () => {
  const { shopify, asked } = page();
  expect(await shopify.idToken()).toBe('a.b.c');
  expect(asked).toEqual(['/sandbox/session-token']);
  expect(shopify.config).toEqual({ shop: 'sandbox-store.myshopify.com', locale: 'fa' });
});

test('a toast is said to everybody, screen readers too', () => {
  const { shopify, elements } = page();
  const shown = shopify.toast.show('Saved');
  expect(elements.get('app-bridge-toast')).toMatchObject({ textContent: 'Saved', attributes: { role: 'status' } });
  shopify.toast.hide(shown);
  expect(elements.get('app-bridge-toast')?.textContent).toBe('');
});

test('the save bar is shown and hidden by its id, and one that is not there is an error', async () => {
  const { shopify, elements } = page();
  await shopify.saveBar.show('bar');
  expect(elements.get('bar')?.hidden).toBe(false);
  await shopify.saveBar.toggle('bar');
  expect(elements.get('bar')?.hidden).toBe(true);
  expect(() => shopify.saveBar.show('none')).toThrow('no save bar');
});
