import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { buy, customerOf } from './shopping.fixtures.ts';
import { testSite } from './site.fixtures.ts';
import { WORDS } from './words.fixtures.ts';

const EMAIL = 'unlucky@example.test';
const site = testSite();

/** Has the database refuse new orders, as a full disk would; what it gives back mends it. */
function breakOrders(file: string): () => void {
  const db = new Sqlite(file);
  db.exec(`CREATE TRIGGER broken BEFORE INSERT ON orders BEGIN SELECT RAISE(ABORT, 'no room'); END`);
  db.close();
  return () => {
    const again = new Sqlite(file);
    again.exec('DROP TRIGGER broken');
    again.close();
  };
}

test('a delivery that could not be applied waits for a look, and is applied when it is replayed', async () => {
  const { activity: words, home } = WORDS.en;
  const app = site.app();
  const mend = breakOrders(app.database);
  await buy(app, EMAIL);
  // What failed for a passing reason is tried again for an hour and a quarter, then parked.
  await app.ask('POST', '/sandbox/clock', { advance: 'PT3H' });

  const page = await site.open('/');
  await page.getByText(home.problems.parked.title).waitFor();
  await page.getByRole('link', { name: home.problems.parked.action }).click();
  await page.getByRole('heading', { level: 1, name: words.title }).waitFor();
  const parked = page.getByRole('listitem').filter({ hasText: 'orders/' });
  await parked.first().waitFor();

  mend();
  await page.getByRole('button', { name: words.parked.replayAll }).click();
  await page.getByText(words.parked.noneTitle).waitFor();
  await expect.poll(async () => (await customerOf(app, EMAIL)).points).toBeGreaterThan(0);
});

test('what can never be used is kept with its reason, and comes back when it is replayed', async () => {
  const { activity: words } = WORDS.en;
  const app = site.app();
  await app.ask('POST', '/sandbox/webhooks', { topic: 'products/update', body: { id: 'nonsense' } });
  const page = await site.open('/activity');
  const parked = page.getByRole('listitem').filter({ hasText: 'products/update' });
  await parked.waitFor();
  expect(await parked.innerText()).not.toContain(words.parked.unexplained);
  await parked.getByRole('button').click();
  await page.getByText(words.parked.replayed).waitFor();
  await parked.waitFor();
  expect(await page.getByRole('listitem').filter({ hasText: 'products/update' }).count()).toBe(1);
});
