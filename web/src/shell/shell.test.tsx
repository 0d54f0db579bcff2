import { act, cleanup, fireEvent, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { host, open } from '../app.fixtures.tsx';
import { completed, keptSearch } from './kept.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('going to another page', () => {
  it('names it in the title, and moves to its heading', async () => {
    const { findByRole, user } = await open('/activity');
    await findByRole('heading', { level: 1, name: 'Activity' });
    expect(document.title).toBe('Activity · Bazgasht');
    await user.click(await findByRole('link', { name: 'Settings' }));
    const heading = await findByRole('heading', { level: 1, name: 'Settings' });
    await waitFor(() => expect(document.activeElement).toBe(heading));
    expect(document.title).toBe('Settings · Bazgasht');
    expect((await findByRole('link', { name: 'Settings' })).getAttribute('aria-current')).toBe('page');
  });

  it('leaves what belongs to the page behind, and takes along what belongs to the shop and the days', async () => {
    const { findByRole } = await open('/activity?tab=jobs&locale=en&range=last7');
    const link = await findByRole('link', { name: 'Settings' });
    expect(link.getAttribute('href')).toBe('/app/settings?locale=en&range=last7');
  });

  it('begins with a way past the navigation', async () => {
    const { findByText, container } = await open('/settings');
    const skip = await findByText('To the content');
    expect(container.querySelector('a')).toBe(skip);
    expect(container.querySelector(skip.getAttribute('href') ?? '')?.tagName).toBe('MAIN');
  });
});

describe('the language', () => {
  it('is this browser’s own: chosen above, kept, and no change of the shop', async () => {
    const { findByRole, user, asked } = await open('/settings');
    await user.selectOptions(await findByRole('combobox', { name: 'Language' }), 'fa');
    expect(await findByRole('heading', { level: 1, name: 'تنظیمات' })).toBeTruthy();
    expect(document.documentElement).toMatchObject({ lang: 'fa', dir: 'rtl' });
    expect(window.localStorage.getItem('bazgasht:locale')).toBe('fa');
    expect(asked.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('of the address goes with the choice', async () => {
    const { findByRole, user } = await open('/settings?locale=en&tab=keys');
    await user.selectOptions(await findByRole('combobox', { name: 'Language' }), 'fa');
    await findByRole('heading', { level: 1, name: 'تنظیمات' });
    expect(window.location.search).toBe('?locale=fa&tab=keys');
  });
});

describe('an address', () => {
  it.each([
    ['?a=1', '?shop=x', '?a=1&shop=x'],
    ['?shop=y', '?shop=x&tab=jobs', null],
    ['', '?tab=jobs', null],
    ['', '?store=https%3A%2F%2Fa.example.test&locale=fa', '?locale=fa&store=https%3A%2F%2Fa.example.test'],
  ])('%j, opened by %j, is completed to %j', (search, opened, whole) => expect(completed(search, opened)).toBe(whole));

  it('keeps only what other pages need', () => {
    expect(keptSearch('?tab=x&from=2026-01-01&to=2026-01-31&shop=y&segment=z')).toBe(
      '?shop=y&from=2026-01-01&to=2026-01-31',
    );
    expect(keptSearch('?tab=x')).toBe('');
  });
});

describe('in a host with a navigation of its own', () => {
  it('the pages are told to it, and its links are followed here', async () => {
    let follow: (href: string) => void = () => undefined;
    const onNavigate = (next: typeof follow) => {
      follow = next;
      return () => undefined;
    };
    const shownBy = host({ kind: 'shopify', hasNavigation: true, onNavigate });
    const { container, findByRole, queryByRole } = await open('/activity', { host: shownBy });
    await findByRole('heading', { level: 1, name: 'Activity' });
    const menu = container.querySelector('ui-nav-menu');
    expect(menu?.querySelector('a')?.getAttribute('rel')).toBe('home');
    expect(Array.from(menu?.querySelectorAll('a') ?? [], (link) => link.getAttribute('href'))).toContain(
      '/app/settings',
    );
    expect(queryByRole('combobox', { name: 'Language' })).toBeNull();
    act(() => follow('/app/settings?shop=x'));
    await findByRole('heading', { level: 1, name: 'Settings' });
    expect(window.location.href).toContain('/app/settings?shop=x');
  });
});

describe('unsaved changes', () => {
  const change = async (options: Parameters<typeof open>[1] = {}) => {
    const opened = await open('/activity', options);
    await opened.user.click(await opened.findByRole('link', { name: 'Settings' }));
    await opened.user.type(await opened.findByLabelText('Gross margin'), '5');
    return opened;
  };

  it('are asked about before a link is followed', async () => {
    const { findByRole, user, queryByRole } = await change();
    await user.click(await findByRole('link', { name: 'Customers' }));
    expect(window.location.pathname).toBe('/app/settings');
    await user.click(await findByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(queryByRole('dialog')).toBeNull());
    expect(window.location.pathname).toBe('/app/settings');
    await user.click(await findByRole('link', { name: 'Customers' }));
    await user.click(await findByRole('button', { name: 'Leave' }));
    await waitFor(() => expect(window.location.pathname).toBe('/app/customers'));
  });

  it('are asked about before going back', async () => {
    const { findByRole, user } = await change();
    window.history.back();
    const leave = await findByRole('button', { name: 'Leave' });
    await waitFor(() => expect(window.location.pathname).toBe('/app/settings'));
    await user.click(leave);
    await waitFor(() => expect(window.location.pathname).toBe('/app/activity'));
    expect(await findByRole('heading', { level: 1, name: 'Activity' })).toBeTruthy();
  });

  it('are asked about before the window is closed, and only as long as there are any', async () => {
    const { findByRole, user } = await change();
    const closing = () => fireEvent(window, new Event('beforeunload', { cancelable: true }));
    expect(closing()).toBe(false);
    await user.click(await findByRole('button', { name: 'Discard' }));
    expect(closing()).toBe(true);
  });

  it('are saved by the keyboard', async () => {
    const { user, asked } = await change();
    await user.keyboard('{Control>}s{/Control}');
    await waitFor(() => expect(asked.some(({ method }) => method === 'PATCH')).toBe(true));
  });

  it('stand in the host’s bar where it has one, which asks before leaving, too', async () => {
    const said: string[] = [];
    let leave: () => void = () => undefined;
    const saveBar = {
      show: async () => said.push('show'),
      hide: async () => said.push('hide'),
      leave: () => {
        said.push('leave?');
        return new Promise<void>((resolve) => {
          leave = resolve;
        });
      },
    };
    const { container, findByRole, user, queryByRole } = await change({ host: host({ saveBar }) });
    await waitFor(() => expect(said.at(-1)).toBe('show'));
    const [save, discard] = container.querySelectorAll('ui-save-bar button');
    expect([save?.textContent, save?.getAttribute('variant'), discard?.textContent]).toEqual([
      'Save',
      'primary',
      'Discard',
    ]);
    await user.click(await findByRole('link', { name: 'Customers' }));
    expect([said.at(-1), window.location.pathname]).toEqual(['leave?', '/app/settings']);
    expect(queryByRole('dialog')).toBeNull();
    leave();
    await waitFor(() => expect(window.location.pathname).toBe('/app/customers'));
    await waitFor(() => expect(said.at(-1)).toBe('hide'));
  });
});
