import { cleanup, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { jobsView } from '../../../../server/contracts/activity.ts';
import { auditPage, deliveriesPage } from '../../../../server/contracts/shop.ts';
import { NOW, open, Refusal, status } from '../../app.fixtures.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const delivery = (id: string, change: object = {}) => ({
  id,
  topic: 'orders/create',
  state: 'parked',
  receivedAt: NOW,
  attempts: 1,
  errorCode: 'delivery.bad_field',
  reason: 'The order has no "id".',
  hint: null,
  replay: 'later',
  ...change,
});
const deliveries = (...items: object[]) => deliveriesPage.parse({ items, nextCursor: null });
const none = deliveries();
const byState =
  (parked: unknown, pending: unknown = none) =>
  ({ search }: { search: string }) =>
    search.includes('state=parked') ? parked : pending;

describe('deliveries', () => {
  it('that are parked say what, when and why, and can be replayed', async () => {
    let parked = deliveries(delivery('d1'));
    const { findByRole, findByText, user, asked } = await open('/activity', {
      answers: {
        'GET /deliveries': (request: { search: string }) => byState(parked)(request),
        'GET /shop/status': status({ parked: 1 }),
        'POST /deliveries/d1/replay': () => {
          parked = none;
          return { id: 'd1', state: 'pending' };
        },
      },
    });
    expect(await findByText('The order has no "id".')).toBeTruthy();
    expect((await findByRole('tab', { name: /Deliveries/ })).textContent).toContain('1');
    const topic = await findByText('orders/create');
    expect(topic.tagName).toBe('BDI');
    await user.click(await findByRole('button', { name: /Replay the delivery “orders\/create” of 21 Mar 2026/ }));
    expect(await findByText('The delivery is applied again in a moment.')).toBeTruthy();
    expect(await findByText('Everything your shop said was understood')).toBeTruthy();
    expect(asked.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual(['/deliveries/d1/replay']);
  });

  it('are replayed all at once', async () => {
    const { findByRole, user, asked, findByText } = await open('/activity', {
      answers: {
        'GET /deliveries': byState(deliveries(delivery('d1'), delivery('d2'))),
        'POST /deliveries/replay': { replayed: 2, left: 1 },
      },
    });
    await user.click(await findByRole('button', { name: 'Replay all' }));
    await findByText('Applied again in a moment: 2. Still here: 1.');
    expect(asked.find(({ method }) => method === 'POST')).toMatchObject({
      path: '/deliveries/replay',
      body: { all: true },
    });
  });

  it('that would fail for ever are not offered to be replayed, but what to do instead', async () => {
    const { findByText, queryByRole } = await open('/activity', {
      answers: { 'GET /deliveries': byState(deliveries(delivery('d1', { replay: 'no' }))) },
    });
    expect(await findByText(/Replaying would fail for ever/)).toBeTruthy();
    expect(queryByRole('button', { name: /Replay/ })).toBeNull();
  });

  it('are explained in Persian by the code of the reason, as they were where it is not known', async () => {
    const strange = delivery('d2', { errorCode: 'delivery.strange', reason: 'Something new.' });
    const { findByText } = await open('/activity', {
      locale: 'fa',
      answers: { 'GET /deliveries': byState(deliveries(delivery('d1'), strange)) },
    });
    expect(await findByText('بخشی از پیام نیست یا مقدارش خواندنی نیست.')).toBeTruthy();
    expect((await findByText('Something new.')).outerHTML).toBe('<bdi lang="en" dir="ltr">Something new.</bdi>');
  });

  it('that could not be replayed say why', async () => {
    const { findByRole, user, findByText } = await open('/activity', {
      answers: {
        'GET /deliveries': byState(deliveries(delivery('d1'))),
        'POST /deliveries/d1/replay': new Refusal(409, 'delivery.not_parked', 'This delivery is applied.'),
      },
    });
    await user.click(await findByRole('button', { name: /Replay the delivery/ }));
    expect(await findByText('This delivery is applied.')).toBeTruthy();
  });

  it('come in pages', async () => {
    const first = deliveriesPage.parse({ items: [delivery('d1', { topic: 'first' })], nextCursor: 'd1' });
    const second = deliveries(delivery('d2', { topic: 'second' }));
    const { findByText, findByRole, user, queryByRole } = await open('/activity', {
      answers: {
        'GET /deliveries': ({ search }: { search: string }) =>
          search.includes('pending') ? none : search.includes('cursor=d1') ? second : first,
      },
    });
    await findByText('first');
    await user.click(await findByRole('button', { name: 'More' }));
    await findByText('second');
    expect(await findByText('first')).toBeTruthy();
    expect(queryByRole('button', { name: 'More' })).toBeNull();
  });
});

const jobs = (syncs: object[] = []) =>
  jobsView.parse({
    syncs: syncs.map((sync) => ({
      kind: 'orders',
      state: 'loading',
      count: 50,
      refused: 2,
      total: 200,
      reason: null,
      errorCode: null,
      dueAt: NOW,
      startedAt: NOW,
      finishedAt: null,
      ...sync,
    })),
    queues: [{ name: 'inbox', waiting: 3, oldestAt: NOW }],
    schedule: [
      { name: 'tiers', cron: '5 * * * *', next: NOW, last: { at: NOW, ok: false, seconds: 1.25 } },
      { name: 'something-new', cron: '* * * * *', next: NOW, last: null },
    ],
  });

describe('background work', () => {
  it('is opened by its address, and shows how far a reading is', async () => {
    const { findByRole } = await open('/activity?tab=jobs', { answers: { 'GET /jobs': jobs([{}]) } });
    const bar = await findByRole('progressbar', { name: 'Orders: 50 of 200' });
    expect((bar as HTMLProgressElement).value).toBe(0.25);
    expect((await findByRole('tab', { name: 'Background work' })).getAttribute('aria-selected')).toBe('true');
  });

  it('does not pretend to know how much there is', async () => {
    const { findByRole } = await open('/activity?tab=jobs', { answers: { 'GET /jobs': jobs([{ total: null }]) } });
    expect((await findByRole('progressbar')).hasAttribute('value')).toBe(false);
  });

  it('can be asked for', async () => {
    const { findByRole, user, asked, findByText } = await open('/activity?tab=jobs', {
      answers: {
        'GET /jobs': jobs([{ kind: 'orders' }, { kind: 'rereads' }]),
        'POST /syncs': { kind: 'orders', asked: true },
      },
    });
    await user.click(await findByRole('button', { name: 'Read again now: Orders' }));
    await findByText('It is read in a moment.');
    expect(asked.find(({ method }) => method === 'POST')).toMatchObject({ path: '/syncs', body: { kind: 'orders' } });
  });

  it('shows queues and schedule as tables with headers, and names that have no words yet as they are', async () => {
    const { findByRole } = await open('/activity?tab=jobs', { answers: { 'GET /jobs': jobs() } });
    const queues = await findByRole('table', { name: 'Waiting inside' });
    expect(within(queues).getByRole('row', { name: /Deliveries to apply 3/ })).toBeTruthy();
    const schedule = await findByRole('table', { name: 'By the clock' });
    expect(within(schedule).getByRole('row', { name: /Reviewing tiers .* 1.3 s.*failed/ })).toBeTruthy();
    expect(within(schedule).getByRole('row', { name: /something-new .* Not yet/ })).toBeTruthy();
  });

  it('says what to do when it cannot be loaded, and tries again', async () => {
    let works = false;
    const { findAllByRole, user, findByText } = await open('/activity?tab=jobs', {
      answers: { 'GET /jobs': () => (works ? jobs([{}]) : new Refusal(403, 'auth.scope', 'Not yours.')) },
    });
    const [again] = await findAllByRole('button', { name: 'Try again' });
    works = true;
    if (again) await user.click(again);
    expect(await findByText('Reading')).toBeTruthy();
  });
});

describe('tabs', () => {
  it('stand in the address, and arrows move between them as the page is read', async () => {
    const answers = { 'GET /jobs': jobs(), 'GET /deliveries': none };
    const { findByRole, user } = await open('/activity', { locale: 'fa', answers });
    (await findByRole('tab', { name: 'پیام‌های فروشگاه' })).focus();
    await user.keyboard('{ArrowLeft}');
    expect(window.location.search).toBe('?tab=outgoing');
    await user.keyboard('{ArrowLeft}');
    expect(window.location.search).toBe('?tab=jobs');
    expect(document.activeElement).toBe(await findByRole('tab', { name: 'کارهای پس‌زمینه' }));
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    expect(window.location.search).toBe('?tab=audit');
  });
});

describe('the audit log', () => {
  const entry = (id: string, change: object) => ({
    id,
    at: NOW,
    actor: 'user:42',
    action: 'numbers.settings',
    target: null,
    reason: null,
    before: null,
    after: null,
    ...change,
  });
  const log = (...items: object[]) => auditPage.parse({ items, nextCursor: null });

  it('says who did what, and what became of it', async () => {
    const { findByRole } = await open('/activity?tab=audit', {
      answers: {
        'GET /audit': log(
          entry('1', {
            before: { grossMargin: 4000, calendar: 'gregory' },
            after: { grossMargin: 4550, calendar: 'gregory' },
          }),
          entry('2', { actor: 'system', action: 'points.adjust', target: 'c1', reason: 'a broken cup' }),
          entry('3', { actor: 'somebody', action: 'future.thing' }),
        ),
      },
    });
    const table = await findByRole('table', { name: 'Who did what' });
    const [, first, second, third] = within(table).getAllByRole('row');
    expect(first?.textContent).toContain('Settings of the numbers changed');
    expect(first?.textContent?.replaceAll(/[\u2066-\u2069]/g, '')).toContain('Staff member 42');
    expect(first?.textContent).toContain('Gross margin:');
    expect(first?.textContent).toMatch(/40%.*becomes.*45.5%/);
    expect(first?.textContent).not.toContain('Calendar');
    expect(second?.textContent).toContain('a broken cup');
    expect(second?.querySelector('a')?.getAttribute('href')).toBe('/app/customers/c1');
    expect(third?.textContent).toContain('future.thing');
  });
});
