import { cleanup, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { archivesView, importsView, keysView } from '../../../../server/contracts/activity.ts';
import { exportsList } from '../../../../server/contracts/shop.ts';
import { NOW, open, Refusal, shop, status } from '../../app.fixtures.tsx';

beforeEach(() => {
  URL.createObjectURL = () => 'blob:file';
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('general settings', () => {
  const answers = () => {
    let current = shop();
    return {
      'GET /shop': () => current,
      'PATCH /shop': ({ body }: { body: { locale?: string; economics?: object } }) => {
        const economics = { ...current.economics, ...body.economics };
        current = shop({ ...body, economics });
        return current;
      },
    };
  };

  it('are saved by one bar, with what was changed', async () => {
    const { findByLabelText, findByRole, user, asked, queryByRole, findByText } = await open('/settings', {
      answers: answers(),
    });
    expect(queryByRole('button', { name: 'Save' })).toBeNull();
    await user.type(await findByLabelText('Gross margin'), '۴۵٫۵');
    await user.selectOptions(await findByLabelText('Calendar'), 'persian');
    await user.click(await findByRole('button', { name: 'Save' }));
    await findByText('Saved');
    expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({
      calendar: 'persian',
      economics: { grossMargin: 0.455 },
    });
    expect(queryByRole('button', { name: 'Save' })).toBeNull();
    expect(((await findByLabelText('Gross margin')) as HTMLInputElement).value).toBe('45.5');
  });

  it('are put back by discarding, also from another tab', async () => {
    const { findByLabelText, findByRole, user } = await open('/settings', { answers: answers() });
    await user.type(await findByLabelText('Cost of a point'), '5');
    await user.click(await findByRole('tab', { name: 'API keys' }));
    await user.click(await findByRole('tab', { name: 'General' }));
    expect(((await findByLabelText('Cost of a point')) as HTMLInputElement).value).toBe('5');
    await user.click(await findByRole('button', { name: 'Discard' }));
    expect(((await findByLabelText('Cost of a point')) as HTMLInputElement).value).toBe('');
  });

  it('are not sent while something cannot be taken, and say what', async () => {
    const { findByLabelText, findByRole, user, asked, findByText } = await open('/settings', { answers: answers() });
    await user.type(await findByLabelText('Gross margin'), '120');
    await user.click(await findByRole('button', { name: 'Save' }));
    expect(await findByText('At most 100.')).toBeTruthy();
    expect(asked.some(({ method }) => method === 'PATCH')).toBe(false);
  });

  it('change the language of the page with the shop’s', async () => {
    const { findByLabelText, findByRole, user } = await open('/settings', { answers: answers() });
    await user.selectOptions(await findByLabelText('Language of the shop'), 'fa');
    await user.click(await findByRole('button', { name: 'Save' }));
    expect(await findByRole('heading', { name: 'تنظیمات', level: 1 })).toBeTruthy();
    expect(document.documentElement.dir).toBe('rtl');
  });

  it('offer toman to shops that sell in rials only', async () => {
    const { findByLabelText, user, findByRole } = await open('/settings', {
      answers: { 'GET /shop': shop({ currency: 'IRR' }) },
    });
    await user.click(await findByLabelText('In tomans, a tenth'));
    expect(await findByRole('button', { name: 'Save' })).toBeTruthy();
  });
});

describe('API keys', () => {
  const key = { id: 'k1', name: 'Warehouse', scope: 'write', createdAt: NOW, lastUsedAt: null, revokedAt: null };
  const list = (...items: object[]) => keysView.parse({ items });

  it('are made, shown once and copied', async () => {
    const { findByLabelText, findByRole, user, asked, queryByLabelText, findByText } = await open(
      '/settings?tab=keys',
      {
        answers: {
          'GET /api-keys': list(),
          'POST /api-keys': { id: 'k1', name: 'Warehouse', scope: 'read', key: 'bzg_1_secret' },
        },
      },
    );
    await user.click(await findByRole('button', { name: 'Make a key' }));
    expect(await findByText('A key needs a name.')).toBeTruthy();
    await user.type(await findByLabelText('Name'), ' Warehouse ');
    await user.click(await findByRole('button', { name: 'Make a key' }));
    expect(((await findByLabelText('Key')) as HTMLInputElement).value).toBe('bzg_1_secret');
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ name: 'Warehouse', scope: 'read' });
    await user.click(await findByRole('button', { name: 'Copy' }));
    await findByText('Copied');
    expect(await navigator.clipboard.readText()).toBe('bzg_1_secret');
    await user.click(await findByRole('button', { name: 'I have kept it' }));
    expect(queryByLabelText('Key')).toBeNull();
  });

  it('are revoked after a question', async () => {
    const { findByRole, user, asked, findByText } = await open('/settings?tab=keys', {
      answers: { 'GET /api-keys': list(key), 'POST /api-keys/k1/revoke': { id: 'k1', revoked: true } },
    });
    await user.click(await findByRole('button', { name: 'Revoke the key “Warehouse”' }));
    expect(asked.some(({ method }) => method === 'POST')).toBe(false);
    const dialog = await findByRole('dialog');
    expect(dialog.textContent).toContain('Revoke “Warehouse”?');
    await user.click(within(dialog).getByRole('button', { name: 'Revoke' }));
    await findByText('The key works no longer.');
    expect(asked.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual(['/api-keys/k1/revoke']);
  });
});

describe('past orders', () => {
  const one = (change: object = {}) => ({
    id: 'i1',
    file: 'orders.csv',
    format: 'simple-csv',
    earns: false,
    dryRun: false,
    state: 'done',
    rows: 10,
    orders: 8,
    created: 7,
    unchanged: 1,
    refused: 2,
    progress: 1,
    refusals: [{ line: 3, reason: '"x" is not an amount.' }],
    errorCode: null,
    reason: null,
    startedAt: NOW,
    finishedAt: NOW,
    ...change,
  });
  const list = (...items: object[]) => importsView.parse({ items });
  const rest = { 'GET /archives': { items: [] }, 'GET /exports': { items: [] } };

  it('are checked first, with the format and the file as they are', async () => {
    const { findByLabelText, findByRole, user, asked, findByText } = await open('/settings?tab=data', {
      answers: { ...rest, 'GET /imports': list(), 'POST /imports': one({ dryRun: true, state: 'running' }) },
    });
    await user.click(await findByRole('button', { name: 'Check first' }));
    expect(await findByText('Choose a file first.')).toBeTruthy();
    const file = new File(['order_id\n'], 'orders.csv', { type: 'text/csv' });
    await user.upload(await findByLabelText('File of orders'), file);
    await user.selectOptions(await findByLabelText('Format'), 'simple-csv');
    await user.click(await findByRole('button', { name: 'Check first' }));
    await vi.waitFor(() => expect(asked.some(({ method }) => method === 'POST')).toBe(true));
    const sent = asked.find(({ method }) => method === 'POST');
    expect(sent).toMatchObject({ search: '?format=simple-csv&earn=false&dryRun=true&file=orders.csv', body: file });
  });

  it('show how far they are, and can be cancelled', async () => {
    const running = one({ state: 'running', progress: 0.4, finishedAt: null, refused: 0, refusals: [] });
    const { findByRole, user, asked } = await open('/settings?tab=data', {
      answers: { ...rest, 'GET /imports': list(running), 'POST /imports/i1/cancel': running },
    });
    const bar = await findByRole('progressbar', { name: 'orders.csv: 40% done' });
    expect((bar as HTMLProgressElement).value).toBe(0.4);
    expect((await findByRole('button', { name: 'Bring in' })).getAttribute('aria-disabled')).toBe('true');
    await user.click(await findByRole('button', { name: 'Cancel bringing in orders.csv' }));
    await vi.waitFor(() => expect(asked.some(({ path }) => path === '/imports/i1/cancel')).toBe(true));
  });

  it('say what came of them, and which rows were refused', async () => {
    const { findByText, findByRole } = await open('/settings?tab=data', {
      answers: { ...rest, 'GET /imports': list(one()) },
    });
    expect(await findByText(/10 rows · 7 orders brought in · 1 there already · 2 refused/)).toBeTruthy();
    const rows = await findByRole('table', { name: 'Refused rows', hidden: true });
    expect(rows.textContent).toContain('"x" is not an amount.');
    expect(await findByText('The first 1 are listed.')).toBeTruthy();
  });

  it('are refused in words', async () => {
    const { findByLabelText, findByRole, user, findByText } = await open('/settings?tab=data', {
      locale: 'fa',
      answers: {
        ...rest,
        'GET /imports': list(),
        'POST /imports': new Refusal(409, 'imports.running', 'Another file.'),
      },
    });
    await user.upload(await findByLabelText('پروندهٔ سفارش‌ها'), new File(['x'], 'o.csv', { type: 'text/csv' }));
    await user.click(await findByRole('button', { name: 'ورود' }));
    expect(await findByText(/پروندهٔ دیگری در حال ورود است/)).toBeTruthy();
  });
});

describe('files to take along', () => {
  const archive = {
    id: 'a1',
    state: 'done',
    progress: 1,
    rows: 5,
    bytes: 2_500_000,
    reason: null,
    startedAt: NOW,
    finishedAt: NOW,
    expiresAt: NOW,
  };

  const request = {
    id: 'e1',
    kind: 'data-request',
    askedBy: 'platform',
    requestId: '9',
    customer: 'c1',
    state: 'ready',
    bytes: { json: 5, csv: 5 },
    createdAt: NOW,
  };

  it('are fetched with the token, under the name that the server gives', async () => {
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      named.push(this.download);
    });
    const named: string[] = [];
    const file = () => new Response('zip', { headers: { 'content-disposition': 'attachment; filename="shop.zip"' } });
    const { findByRole, user, asked, findByText } = await open('/settings?tab=data', {
      answers: {
        'GET /imports': { items: [] },
        'GET /archives': archivesView.parse({ items: [archive] }),
        'GET /archives/a1/file': file,
        'GET /exports/e1/csv': file,
        'GET /exports': exportsList.parse({ items: [request] }),
      },
    });
    expect(await findByText(/2.5 MB/)).toBeTruthy();
    await user.click(await findByRole('button', { name: /Download the file of/ }));
    await vi.waitFor(() => expect(clicked).toHaveBeenCalledOnce());
    await user.click(await findByRole('button', { name: /Download as CSV/ }));
    await vi.waitFor(() => expect(clicked).toHaveBeenCalledTimes(2));
    expect(named).toEqual(['shop.zip', 'shop.zip']);
    expect(asked.find(({ path }) => path === '/archives/a1/file')?.authorization).toBe('Bearer a-token');
  });
});

describe('the connection', () => {
  const refused = { code: 'access.refused', message: 'The store no longer accepts the keys.' };

  it('says what is wrong, and leads to connecting again', async () => {
    const { findByText, findByRole } = await open('/settings?tab=connection', {
      answers: { 'GET /shop/status': status({ problems: [refused], parked: 2 }) },
    });
    expect(await findByText(refused.message)).toBeTruthy();
    expect((await findByRole('link', { name: /Connect again/ })).getAttribute('href')).toBe('/connect/woocommerce');
    expect(await findByText('2 deliveries could not be used and wait for a look.')).toBeTruthy();
  });

  it('is ended after a question, with what is left to do', async () => {
    const { findByRole, user, asked, findByText } = await open('/settings?tab=connection', {
      answers: { 'POST /shop/disconnect': { state: 'uninstalled', next: 'Remove the key.' } },
    });
    await user.click(await findByRole('button', { name: 'Disconnect this store' }));
    const dialog = await findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Disconnect this store' }));
    expect(await findByText('The store is disconnected')).toBeTruthy();
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('of a Shopify shop is ended at Shopify', async () => {
    const { findByText, queryByRole } = await open('/settings?tab=connection', {
      answers: { 'GET /shop': shop({ platform: 'shopify' }) },
    });
    expect(await findByText(/uninstall it in the Shopify admin/)).toBeTruthy();
    expect(queryByRole('button', { name: /Disconnect/ })).toBeNull();
  });
});
