import { afterAll, beforeAll, expect, test } from 'vitest';
import { barriersOn, looksOf, settled } from './looks.fixtures.ts';
import { openWorker } from './owed.fixtures.ts';
import { testSite } from './site.fixtures.ts';
import { WORDS } from './words.fixtures.ts';

const site = testSite();
let worker: ReturnType<typeof openWorker>;
beforeAll(() => {
  worker = openWorker(site.app());
});
afterAll(() => worker.close());

test('what failed is seen, and done again by hand', async () => {
  const { activity: words } = WORDS.en;
  const note = { to: 'the world', text: 'refused-once' };
  await worker.come(note, 'failed', 'refused');
  expect(worker.seen(note)).toBe(0);

  const page = await site.open('/activity');
  const tab = page.getByRole('tab', { name: words.tabs.outgoing });
  await tab.getByText('1').waitFor();
  await tab.click();
  const item = page.getByRole('listitem').filter({ hasText: worker.kind });
  await item.getByText('Nobody takes this.').waitFor();
  await item.getByText(words.outgoing.states.failed).waitFor();
  await settled(page);
  expect(await barriersOn(page)).toEqual([]);

  await item.getByRole('button', { name: words.outgoing.again }).click();
  const question = page.getByRole('dialog', { name: words.outgoing.againTitle });
  await question.getByText(/cannot be undone/).waitFor();
  expect(await barriersOn(page)).toEqual([]);
  await question.getByRole('button', { name: words.outgoing.again, exact: true }).click();
  await page.getByText(words.outgoing.againSaid).waitFor();
  await page.getByText(words.outgoing.noneTitle).waitFor();

  await worker.come(note, 'done');
  expect(worker.seen(note)).toBe(1);
  await page.getByLabel(words.outgoing.show, { exact: true }).selectOption('done');
  await item.getByText(words.outgoing.states.done, { exact: true }).waitFor();

  await page.getByRole('tab', { name: words.tabs.audit }).click();
  await page.getByRole('row', { name: words.audit.actions.effect_retry }).waitFor();
});

test('what is in doubt is decided on a phone in Persian, by keyboard', async () => {
  const { activity: words, reasons } = WORDS.fa;
  const note = { to: 'the world', text: 'lost-once' };
  await worker.come(note, 'doubtful', 'lost-after');
  expect(worker.seen(note)).toBe(1);

  const page = await site.open('/activity?tab=outgoing', { locale: 'fa', device: 'phone' });
  const item = page.getByRole('listitem').filter({ hasText: worker.kind });
  await item.getByText(reasons.effects_doubtful).waitFor();
  await settled(page);
  const { direction, sideways } = await looksOf(page);
  expect([direction, sideways <= 0]).toEqual(['rtl', true]);
  expect(await barriersOn(page)).toEqual([]);

  await item.getByRole('button', { name: words.outgoing.happened }).focus();
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: words.outgoing.happenedTitle });
  await question.getByText(worker.kind).waitFor();
  expect((await looksOf(page)).sideways).toBeLessThanOrEqual(0);
  await question.getByRole('button', { name: words.outgoing.happened, exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(words.outgoing.happenedSaid).waitFor();
  await question.waitFor({ state: 'detached' });
  await page.getByText(words.outgoing.noneTitle).waitFor();

  // It counts as done, and nothing is sent a second time.
  await worker.come(note, 'done');
  expect(worker.seen(note)).toBe(1);
});
