import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Person } from '../features/feature.types.ts';
import type { Scope } from '../shops/scope.ts';
import { mentions, type Traces } from './forget.rules.ts';
import { dropBodiesOf, dropBody, finishDelivery, unclearDeliveries } from './inbox.repository.ts';

/** Few, since each may hold a body of megabytes. */
const PAGE = 25;
const REASON = 'This delivery was deleted with the data of the customer it was about.';

/** Forgets the bodies of deliveries that were about a person when they were applied, and of others that speak of them. */
export async function forgetBodies(scope: Scope, person: Person): Promise<void> {
  const { customerIds, emails, phones, platformIds } = person;
  for (const id of customerIds) await dropBodiesOf(scope.tx, scope.shop.id, id);
  await forgetTraces(scope, { emails: [...emails], phones: [...phones], ids: [...platformIds] });
}

/**
 * Forgets the bodies that speak of a person among those of which nobody knows whom they are about: deliveries waiting or
 * parked, and applied ones that led to no customer.
 */
async function forgetTraces({ tx, shop }: Scope, traces: Traces): Promise<void> {
  const speaksOf = mentions(traces);
  let after = '';
  for (;;) {
    const page = await unclearDeliveries(tx, shop.id, after, PAGE);
    for (const row of page) {
      if (row.body === null || !speaksOf(row.body)) continue;
      await dropBody(tx, shop.id, row.id);
      if (row.state === 'applied') continue;
      await finishDelivery(tx, shop.id, row.id, {
        state: 'ignored',
        attempts: 0,
        dueAt: 0,
        appliedAt: null,
        errorCode: null,
        reason: REASON,
        customerId: null,
      });
    }
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
    // On SQLite nothing else in here waits: a month of bodies would keep the web server from answering for seconds.
    await nextTurn();
  }
}
