// Fills an inbox, or drains it as the app does, on the database that DATABASE_URL names. Prints JSON.
import { createCore, drainDeps } from '../server/app.ts';
import { processConfig } from '../server/config.ts';
import { drainInbox } from '../server/inbox/drain.usecases.ts';
import { insertDelivery } from '../server/inbox/inbox.repository.ts';
import { shopByName } from '../server/shops/shops.usecases.ts';
import { makeOrder, SHOP, webhookId } from './orders.ts';

const PIECE = 500;

const [mode, orders = '0', customers = '1', from = '0'] = process.argv.slice(2);
const core = await createCore(processConfig());
const shop = await shopByName(core, SHOP);

/** Paid orders `first` … `end` − 1 as pending deliveries: what intake would have left there. */
async function fill(first: number, end: number): Promise<void> {
  for (let at = first; at < end; at += PIECE) {
    await core.db.transaction(async (tx) => {
      for (let number = at; number < Math.min(end, at + PIECE); number += 1) {
        const order = makeOrder(number, Number(customers));
        const receivedAt = order.at + 3_000;
        const about = { topic: 'orders/paid', triggeredAt: order.at + 2_000, receivedAt };
        const names = { shopId: shop.id, id: core.ids.next(), deliveryId: webhookId(1, number) };
        await insertDelivery(tx, { ...names, ...about, body: order.body });
      }
    });
  }
}

if (mode === 'fill') {
  await fill(Number(from), Number(from) + Number(orders));
  process.stdout.write(JSON.stringify({ filled: Number(orders) }));
} else {
  const began = performance.now();
  const cpu = process.cpuUsage();
  const applied = await drainInbox(drainDeps(core), shop.id);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(JSON.stringify({ applied, seconds, cpuSeconds: (user + system) / 1e6 }));
}
await core.db.close();
