import type { Scope } from '../shops/scope.ts';
import { dropBodiesOf, dropBody, finishDelivery, openDeliveries } from './inbox.repository.ts';

const PAGE = 100;
const REASON = 'This delivery was deleted with the data of the customer it was about.';

/**
 * Forgets the bodies of deliveries about a customer: those applied by whom they were about, those still waiting or parked
 * by the e-mails and phones that stand in them.
 */
export async function forgetBodies({ tx, shop }: Scope, customerId: string | null, names: string[]): Promise<void> {
  if (customerId !== null) await dropBodiesOf(tx, shop.id, customerId);
  if (names.length === 0) return;
  const wanted = names.map((name) => name.toLowerCase());
  let after = '';
  for (;;) {
    const page = await openDeliveries(tx, shop.id, after, PAGE);
    for (const row of page) {
      const text = row.body?.toString('utf8').toLowerCase() ?? '';
      if (!wanted.some((name) => text.includes(name))) continue;
      await dropBody(tx, shop.id, row.id);
      if (row.state === 'parked') {
        await finishDelivery(tx, shop.id, row.id, {
          ...{ state: 'ignored', attempts: 0, dueAt: 0, appliedAt: null, errorCode: null },
          ...{ reason: REASON, customerId: null },
        });
      }
    }
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
  }
}
