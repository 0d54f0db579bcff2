// Crashes on the database that DATABASE_URL names, then looks whether anything was lost or doubled. Prints JSON.
import { createCore } from '../server/app.ts';
import { processConfig } from '../server/config.ts';
import { heldOf } from '../server/e2e/crash.repository.ts';
import { type CrashDelivery, crashFaults, crashRounds, settle } from '../server/e2e/crash.ts';
import { backlog } from '../server/inbox/backlog.usecases.ts';
import { verifyLedger } from '../server/points/verify.usecases.ts';
import { shopByName } from '../server/shops/shops.usecases.ts';
import { say } from './lib.ts';
import { makeOrder, SHOP, signedHeaders, webhookId } from './orders.ts';

const CUSTOMERS = 200;
const SETTLE_MS = 150_000;
/** The benchmark as a whole has to end within ten minutes. */
const WITHIN_MS = 400_000;

const [rounds = '1', seed = '1', name = ''] = process.argv.slice(2);

const delivery = (number: number): CrashDelivery => {
  const order = makeOrder(number, CUSTOMERS);
  const deliveryId = webhookId(1, number);
  const { platformId, customerId, points, body } = order;
  return { deliveryId, orderId: platformId, customerId, points, body, headers: signedHeaders(order, deliveryId) };
};

/** Opened only now and then: the app has to find the database as its own death left it, with nobody else holding it. */
async function withCore<T>(work: (core: Awaited<ReturnType<typeof createCore>>) => Promise<T>): Promise<T> {
  const core = await createCore(processConfig());
  try {
    return await work(core);
  } finally {
    await core.db.close();
  }
}

const env = { ...process.env };
const sent = await crashRounds({
  env,
  rounds: Number(rounds),
  seed: Number(seed),
  delivery,
  withinMs: WITHIN_MS,
  onRound: (round, tried, answered) => {
    if (round % 10 === 0) say(`${name}: ${round}/${rounds} kills, ${answered} of ${tried} answered 200`);
  },
});
const began = performance.now();
const { waiting, result } = await withCore(async (core) => {
  const pending = async () => (await backlog(core)).oldest.reduce((sum, { count }) => sum + count, 0);
  const left = await pending();
  await settle(env, pending, SETTLE_MS);
  const shop = await shopByName(core, SHOP);
  const held = { ...(await heldOf(core.db.read, shop.id)), ledger: await verifyLedger(core, shop.id) };
  return { waiting: left, result: { held, faults: crashFaults(held, sent, delivery) } };
});
const { held, faults } = result;
process.stdout.write(
  JSON.stringify({
    rounds: sent.rounds,
    tried: sent.tried.size,
    answered: sent.answered.size,
    applied: held.orders.length,
    transactions: held.ledger.transactions,
    ledgerOk: held.ledger.ok,
    waitingAfterLastKill: waiting,
    settledInSeconds: Math.round((performance.now() - began) / 100) / 10,
    faults: faults.slice(0, 20),
  }),
);
