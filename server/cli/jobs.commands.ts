import { type Core, drainDeps, platformOf, readingOf, shopifyDeps, storesOf, wooDeps } from '../app.ts';
import { rebuildSearch } from '../customers/search.usecases.ts';
import { drainInbox } from '../inbox/drain.usecases.ts';
import { rebuildNumbers } from '../insights/rebuild.usecases.ts';
import { settleDue } from '../points/due.usecases.ts';
import { retention } from '../schedule.ts';
import { shopByName, shopsList } from '../shops/shops.usecases.ts';
import { askNightly, shopsToRead, syncShop } from '../syncs/run.usecases.ts';
import { reviewTiers } from '../tiers/review.usecases.ts';
import { type Command, optional, wrongUse } from './command.ts';

type Job = (core: Core, shopId: number, now: number) => Promise<number>;

/** Jobs that can be run by hand, for one shop. The same lots mature and expire in one pass. */
const JOBS: Record<string, Job> = {
  mature: (core, shopId, now) => settleDue(core, shopId, now),
  expire: (core, shopId, now) => settleDue(core, shopId, now),
  tiers: (core, shopId, now) => reviewTiers(core, shopId, now),
  rebuild: (core, shopId, now) => rebuildNumbers(core, shopId, now),
  search: (core, shopId, now) => rebuildSearch(core, shopId, now),
  inbox: (core, shopId) => drainInbox(drainDeps(core), shopId),
  reconcile: (core, shopId) => reconcileNow(core, shopId),
};

const MOST_ROUNDS = 5;

/** Asks the platform for what webhooks missed, and takes it in. @returns readings that were gone on with */
async function reconcileNow(core: Core, shopId: number): Promise<number> {
  const wake = (): void => undefined;
  const shopify = shopifyDeps(core, platformOf(core.config), wake);
  const reading = readingOf(core, { shopify, woo: wooDeps(core, storesOf(core.config), wake) });
  if (!(await askNightly(reading, shopId))) return 0;
  let done = 0;
  // What it finds may be noted to be read, which is due at once.
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    done += await syncShop(reading, shopId);
    if (!(await shopsToRead(reading)).includes(shopId)) break;
  }
  return done;
}

/** An instant: epoch milliseconds, or ISO 8601 with an offset. @throws AppError cli.usage */
function instantOf(text: string): number {
  const value = /^\d{10,}$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isSafeInteger(value)) throw wrongUse('--now has to be an instant such as 2026-03-21T00:00:00Z');
  return value;
}

export const jobsRun: Command = {
  usage: 'jobs run mature|expire|tiers|rebuild|search|inbox|reconcile|retention [--shop D] [--now T] — run one job now',
  options: { shop: { type: 'string' }, now: { type: 'string' } },
  async run({ core, values, words }) {
    const [name = ''] = words;
    const at = optional(values, 'now');
    const now = at === undefined ? core.clock.now() : instantOf(at);
    if (name === 'retention') {
      const result = await retention({ ...core, clock: { now: () => now } });
      return { json: { job: name, ...result }, text: `${result.bodies} bodies dropped, ${result.shops} shops erased` };
    }
    const job = Object.hasOwn(JOBS, name) ? JOBS[name] : undefined;
    if (!job) throw wrongUse(`there is no job "${name}"; jobs are ${[...Object.keys(JOBS), 'retention'].join(', ')}`);
    const wanted = optional(values, 'shop');
    const shops = wanted === undefined ? await shopsList(core) : [await shopByName(core, wanted)];
    const done: { shop: string; done: number }[] = [];
    for (const { id, domain } of shops) done.push({ shop: domain, done: await job(core, id, now) });
    return { json: { job: name, shops: done }, text: done.map((row) => `${row.shop}\t${row.done}`).join('\n') };
  },
};
