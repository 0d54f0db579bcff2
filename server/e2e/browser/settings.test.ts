import { expect, test } from 'vitest';
import { looksOf, settled } from './looks.fixtures.ts';
import { testSite } from './site.fixtures.ts';
import { WORDS } from './words.fixtures.ts';

const site = testSite();

test('the shop’s language is changed here, and holds wherever it is opened', async () => {
  const { settings: english, common } = WORDS.en;
  const { settings: persian, home } = WORDS.fa;
  const page = await site.blank();
  await page.goto(`${site.app().url}/app/settings`);
  await page.getByLabel(english.language.language).selectOption('fa');
  await page.getByRole('button', { name: common.actions.save, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: persian.title }).waitFor();
  expect((await looksOf(page)).direction).toBe('rtl');

  const other = await site.blank();
  await other.goto(`${site.app().url}/app`);
  await other.getByRole('heading', { level: 1, name: home.title }).waitFor();
  await settled(other);
  expect((await looksOf(other)).direction).toBe('rtl');
});

test('a change that was not saved is asked about before it is lost', async () => {
  const { settings: words, common } = WORDS.en;
  const page = await site.open('/settings');
  await page.getByLabel(words.language.calendar).selectOption('persian');
  await page.getByRole('region', { name: common.states.unsaved }).waitFor();
  await page.getByRole('link', { name: common.nav.home, exact: true }).click();
  const question = page.getByRole('dialog', { name: common.states.leave });
  await question.getByRole('button', { name: common.actions.cancel, exact: true }).click();
  await question.waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: words.title }).waitFor();
  await page.getByRole('button', { name: common.actions.discard }).click();
  await page.getByRole('region', { name: common.states.unsaved }).waitFor({ state: 'detached' });
});
