import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** What a page looks like, as far as a machine can tell. */
export type Looks = {
  direction: string;
  /** Everything that can be read. */
  text: string;
  /** How many letters of either script are ours, without what is a name, an address or code. */
  letters: { persian: number; latin: number };
  /** By how many pixels the page is wider than its window. */
  sideways: number;
};

/** Reads what a page looks like. */
export const looksOf = (page: Page): Promise<Looks> =>
  page.evaluate(() => {
    const own = document.body.cloneNode(true) as HTMLElement;
    for (const node of own.querySelectorAll('script, style, svg, code, bdi, [dir="ltr"]')) node.remove();
    const words = (own.textContent ?? '').replace(/\S+@\S+/g, '');
    return {
      direction: document.documentElement.dir,
      text: document.body.innerText,
      letters: {
        persian: (words.match(/[\u0600-\u06ff]/g) ?? []).length,
        latin: (words.match(/[A-Za-z]/g) ?? []).length,
      },
      sideways: document.documentElement.scrollWidth - window.innerWidth,
    };
  });

/** What axe finds on a page that is serious or critical, a line for each element. */
export async function barriersOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => `${id} (${help}): ${target.join(' ')} ${failureSummary}`),
    );
}

/** Waits until nothing on the page is on its way any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' });
}
