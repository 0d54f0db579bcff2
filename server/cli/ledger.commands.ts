import { balanceOf } from '../points/balance.usecases.ts';
import { checkLedger } from '../points/check.usecases.ts';
import { rebuildLedger, type Verification } from '../points/verify.usecases.ts';
import { shopByName } from '../shops/shops.usecases.ts';
import { forgetAllSums } from '../tiers/sums.usecases.ts';
import { type Answer, type Command, needed } from './command.ts';
import { progressBar } from './progress.ts';

const options = { shop: { type: 'string' }, customer: { type: 'string' } } as const;

export const ledgerVerify: Command = {
  usage: 'ledger verify --shop D — recompute every sum, hash, lot and balance; exit 1 names the first that is wrong',
  options,
  run: ({ core, values }) => overLedger('Verifying', core, needed(values, 'shop'), checkLedger),
};

export const ledgerRebuild: Command = {
  usage: 'ledger rebuild --shop D — make balances and lots anew from the postings',
  options,
  run: ({ core, values }) => overLedger('Rebuilding', core, needed(values, 'shop'), rebuildAll),
};

type Core = Parameters<Command['run']>[0]['core'];

const rebuildAll: Work = async (core, shopId, onProgress) => {
  await core.db.transaction((tx) => forgetAllSums({ tx, shop: { id: shopId } }), { shop: shopId });
  return rebuildLedger(core, shopId, onProgress);
};

type Work = (core: Core, shopId: number, onProgress: (customers: number) => void) => Promise<Verification>;

async function overLedger(label: string, core: Core, name: string, work: Work): Promise<Answer> {
  const shop = await shopByName(core, name);
  const bar = progressBar(label);
  const result = await work(core, shop.id, (customers) => bar.update(customers, 0, `${customers} customers`));
  bar.stop();
  return { json: result, text: sentence(result), code: result.ok ? 0 : 1 };
}

function sentence({ ok, transactions, postings, customers, firstBad }: Verification): string {
  if (ok) return `ok: ${transactions} transactions, ${postings} postings, ${customers} customers`;
  const where = firstBad?.seq ? `transaction ${firstBad.seq} of` : 'the balances of';
  return `WRONG at ${where} customer ${firstBad?.customerId}: ${firstBad?.reason}`;
}

export const ledgerBalance: Command = {
  usage: 'ledger balance --shop D --customer E — what a customer has, by e-mail, phone, platform id or id',
  options,
  async run({ core, values }) {
    const shop = await shopByName(core, needed(values, 'shop'));
    const balance = await balanceOf(core, shop, needed(values, 'customer'));
    const lines = Object.entries(balance).map(([name, value]) => `${name.padEnd(16)} ${value ?? '–'}`);
    return { json: balance, text: lines.join('\n') };
  },
};
