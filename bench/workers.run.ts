// Registers shops and fills their inboxes on the database that DATABASE_URL names. Prints JSON.
import { createCore } from '../server/app.ts';
import { processConfig } from '../server/config.ts';
import { insertDelivery } from '../server/inbox/inbox.repository.ts';
import { addShop } from '../server/onboarding/register.usecases.ts';
import { makeOrder, webhookId } from './orders.ts';

const [shops = '1', orders = '1'] = process.argv.slice(2);
const core = await createCore(processConfig());
for (let shop = 1; shop <= Number(shops); shop += 1) {
  const profile = { currency: 'USD', timeZone: 'America/New_York', programStart: '2020-01-01' };
  const shopId = await addShop(core, { platform: 'shopify', domain: `bench-${shop}.example.test`, ...profile });
  await core.db.transaction(async (tx) => {
    for (let number = 0; number < Number(orders); number += 1) {
      const order = makeOrder(number, Math.max(1, Math.round(Number(orders) * 0.3)));
      const about = { topic: 'orders/paid', triggeredAt: order.at + 2_000, receivedAt: order.at + 3_000 };
      const names = { shopId, id: core.ids.next(), deliveryId: webhookId(shop, number) };
      await insertDelivery(tx, { ...names, ...about, body: order.body });
    }
  });
}
await core.db.close();
process.stdout.write(JSON.stringify({ shops: Number(shops), orders: Number(orders) }));
