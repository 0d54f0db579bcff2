import { cleanup, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { effectsPage } from '../../../../server/contracts/effects.ts';
import { NOW, open, Refusal } from '../../app.fixtures.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const PATH = '/activity?tab=outgoing';
const FAILED = {
  id: 'e1',
  kind: 'discount-create',
  key: 'discount-create:1',
  state: 'failed',
  customer: null,
  about: 'WELCOME-10',
  owner: null,
  attempts: 3,
  errorCode: 'discounts.refused',
  reason: 'Shopify would not make this discount code.',
  canRetry: true,
  createdAt: NOW,
  dueAt: null,
  finishedAt: NOW + 60_000,
};
const DOUBTFUL = {
  ...FAILED,
  state: 'doubtful',
  errorCode: 'effects.doubtful',
  reason: 'The answer was lost: it may have happened or not.',
  finishedAt: null,
};
const page = (...items: object[]) => effectsPage.parse({ items, nextCursor: null });
const plain = (text: string | null): string => (text ?? '').replaceAll(/[\u2066-\u2069]/g, '');
type Asked = { search: string };

describe('what is done outside', () => {
  it('says what it is, since when, how often and why not, and where the customer is', async () => {
    const { findByRole, findByText } = await open(PATH, {
      answers: { 'GET /effects': page({ ...FAILED, customer: 'c1' }) },
    });
    const title = await findByRole('heading', { level: 3, name: /Make a discount code “.*WELCOME-10.*”/ });
    const item = title.closest('li');
    expect(plain(item?.textContent ?? '')).toMatch(/Failed.*Since 21 Mar 2026.*3 attempts.*Ended 21 Mar 2026/);
    expect(await findByText('Shopify would not make this discount code.')).toBeTruthy();
    expect(item?.querySelector('a')?.getAttribute('href')).toBe('/app/customers/c1');
  });

  it('is counted in the tab while it waits for a person, up to a page', async () => {
    const { findByText } = await open('/activity', {
      answers: {
        'GET /deliveries': { items: [], nextCursor: null },
        'GET /effects': effectsPage.parse({ items: [FAILED], nextCursor: 'e1' }),
      },
    });
    expect((await findByText('1+')).closest('[role=tab]')?.id).toBe('tab-outgoing');
  });

  it('has its name where its kind has no words yet', async () => {
    const { findByText } = await open(PATH, {
      locale: 'fa',
      answers: { 'GET /effects': page({ ...FAILED, kind: 'future-thing', about: null }) },
    });
    expect((await findByText('future-thing')).tagName).toBe('BDI');
  });

  it('is shown in the state that is asked for, which stands in the address', async () => {
    const queued = { ...FAILED, state: 'queued', canRetry: false, finishedAt: null };
    const behind = { ...queued, id: 'e2', attempts: 0, errorCode: null, reason: null, about: 'SECOND' };
    const { findByLabelText, findByText, queryByRole, user, asked } = await open(PATH, {
      answers: {
        'GET /effects': ({ search }: Asked) =>
          search.includes('state=queued') ? page({ ...queued, dueAt: NOW }, behind) : page(FAILED),
      },
    });
    await findByText(/WELCOME-10/);
    await user.selectOptions(await findByLabelText('Show'), 'Waiting');
    expect(await findByText(/3 attempts · Next try 21 Mar 2026/)).toBeTruthy();
    expect(await findByText(/Waits until an earlier one is over/)).toBeTruthy();
    expect(queryByRole('button', { name: /Do it again/ })).toBeNull();
    expect(window.location.search).toBe('?tab=outgoing&state=queued');
    expect(asked.filter(({ path }) => path === '/effects').map(({ search }) => search)).toEqual(['', '?state=queued']);
  });

  it('comes in pages', async () => {
    const { findByText, findByRole, user } = await open(PATH, {
      answers: {
        'GET /effects': ({ search }: Asked) =>
          search.includes('cursor=e1')
            ? page({ ...FAILED, id: 'e0', about: 'OLDER' })
            : effectsPage.parse({ items: [FAILED], nextCursor: 'e1' }),
      },
    });
    await findByText(/WELCOME-10/);
    await user.click(await findByRole('button', { name: 'Older ones' }));
    await findByText(/OLDER/);
  });

  it('says so where there is nothing, with a next step', async () => {
    const { findByText, findByRole, user } = await open(PATH, { answers: { 'GET /effects': page() } });
    await findByText('Nothing needs a look');
    await user.click(await findByRole('button', { name: 'Show what is waiting' }));
    await findByText('Nothing that Bazgasht does outside is in this state: Waiting.');
    await user.click(await findByRole('button', { name: 'Show what needs a look' }));
    await findByText('Nothing needs a look');
    expect(window.location.search).toBe('?tab=outgoing');
  });
});

describe('a decision', () => {
  it('has what failed done again, once it is said that this cannot be undone', async () => {
    let items = page(FAILED);
    const { findByRole, findByText, user, asked } = await open(PATH, {
      answers: {
        'GET /effects': () => items,
        'POST /effects/e1/retry': () => {
          items = page();
          return { id: 'e1', state: 'queued' };
        },
      },
    });
    await user.click(await findByRole('button', { name: /^Do it again: .*Make a discount code .*21 Mar 2026/ }));
    const dialog = await findByRole('dialog', { name: 'Do it again?' });
    expect(plain(dialog.textContent)).toContain(
      'Bazgasht does this once more: Make a discount code “WELCOME-10”. Once it has happened outside, it cannot be undone here.',
    );
    expect(asked.some(({ method }) => method === 'POST')).toBe(false);
    await user.click(within(dialog).getByRole('button', { name: 'Do it again' }));
    await findByText('It is done again in a moment.');
    await findByText('Nothing needs a look');
    expect(asked.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([{ how: 'again' }]);
  });

  it('on what is in doubt is that it happened, or to do it again though it may then happen twice', async () => {
    const { findByRole, findByText, user, asked } = await open(PATH, {
      answers: { 'GET /effects': page(DOUBTFUL), 'POST /effects/e1/retry': { id: 'e1', state: 'queued' } },
    });
    await findByText('The answer was lost: it may have happened or not.');
    await user.click(await findByRole('button', { name: /^Do it again/ }));
    const again = await findByRole('dialog', { name: 'Do it again?' });
    expect(again.textContent).toContain('would then happen twice');
    await user.click(within(again).getByRole('button', { name: 'Cancel' }));
    await user.click(await findByRole('button', { name: /^It happened/ }));
    const happened = await findByRole('dialog', { name: 'Did it happen?' });
    expect(happened.textContent).toContain('It cannot be undone.');
    await user.click(within(happened).getByRole('button', { name: 'It happened' }));
    await findByText('It counts as done.');
    expect(asked.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([{ how: 'happened' }]);
  });

  it('is explained in Persian, where something went wrong inside too', async () => {
    const broken = { ...FAILED, id: 'e2', errorCode: 'internal', reason: 'The discount code could not be made.' };
    const { findByText, findByRole } = await open(PATH, {
      locale: 'fa',
      answers: { 'GET /effects': page(DOUBTFUL, broken) },
    });
    await findByText(/^پاسخ گم شد: معلوم نیست انجام شده باشد، و انجام دوباره/);
    await findByText(/^مشکلی در خودِ بازگشت پیش آمد/);
    await findByRole('button', { name: /^انجام شده: / });
  });

  it('is not offered where nothing is kept that could be done', async () => {
    const { findByText, queryByRole } = await open(PATH, {
      answers: { 'GET /effects': page({ ...FAILED, canRetry: false, about: null }) },
    });
    await findByText(/is not kept any more/);
    expect(queryByRole('button', { name: /Do it again/ })).toBeNull();
  });

  it('that is refused says why', async () => {
    const { findByRole, findByText, user } = await open(PATH, {
      answers: {
        'GET /effects': page(FAILED),
        'POST /effects/e1/retry': new Refusal(409, 'effects.superseded', 'Something newer has taken its place.'),
      },
    });
    await user.click(await findByRole('button', { name: /^Do it again/ }));
    await user.click(within(await findByRole('dialog')).getByRole('button', { name: 'Do it again' }));
    await findByText('Something newer has taken its place.');
  });
});
