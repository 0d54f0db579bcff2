import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHOPIFY_TOPICS } from '../commerce/shopify/reading/shopify.commerce.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { soundness } from '../orders/orders.fixtures.ts';
import { deliver } from './deliveries.fixtures.ts';

/** Bodies that Shopify documents and that were captured; they lie beside the repository and are left out without it. */
const FOLDER = resolve(import.meta.dirname, '../../../shared/samples/shopify');
const present = existsSync(FOLDER);

type Sample = { file: string; topic: string; body: Buffer };

const filesIn = (kind: string): string[] =>
  present
    ? readdirSync(join(FOLDER, kind))
        .filter((file) => file.endsWith('.json'))
        .sort()
    : [];

function documented(file: string): Sample {
  const { name, response } = JSON.parse(readFileSync(join(FOLDER, 'documented', file), 'utf8')) as {
    name: string;
    response: unknown;
  };
  return { file, topic: name, body: Buffer.from(JSON.stringify(response)) };
}

/** The topic by the words of the file's name: `orders_paid`, `2025-04_checkouts_1`. */
function captured(file: string): Sample {
  const words = file.replace(/^\d{4}-\d\d_/, '').replace(/(_\d+)?\.json$/, '');
  const topic =
    SHOPIFY_TOPICS.find((known) => known.replace('/', '_') === words) ??
    SHOPIFY_TOPICS.find((known) => known.startsWith(`${words.split('_')[0]}/update`)) ??
    SHOPIFY_TOPICS.find((known) => known.startsWith(`${words.split('_')[0]}/`)) ??
    words.replace('_', '/');
  return { file, topic, body: readFileSync(join(FOLDER, 'captured', file)) };
}

const samples = [...filesIn('documented').map(documented), ...filesIn('captured').map(captured)];

/** Words that a merchant can read: a sentence, without names of code or databases. */
const PLAIN = /^[A-Z"][^{}[\]<>]{10,}[.]$/;
const TECHNICAL = /undefined|null\b|\bZod|Error:|SQL|invalid_type|stack/;

describe.skipIf(!present)('the samples beside the repository (skipped without them)', () => {
  let world: World;
  let shop: number;
  beforeAll(async () => {
    world = await testWorld();
    shop = await testShop(world);
  });
  afterAll(() => world.close());

  test('are there', () => {
    expect(samples.length).toBeGreaterThan(40);
  });

  // What ends or erases the shop comes last, so that the others meet a living one.
  const ending = ({ topic }: Sample) => Number(/redact|uninstalled/.test(topic));
  const inOrder = [...samples].sort((one, two) => ending(one) - ending(two));

  test.each(inOrder.map((sample) => [sample.file, sample] as const))(
    '%s ends, with a reason where it did nothing',
    async (_file, { topic, body }) => {
      const row = (await deliver(world, shop, [topic, body])).at(-1);
      expect(['applied', 'ignored', 'parked']).toContain(row?.state);
      if (row?.state === 'applied') return;
      expect(row?.reason).toMatch(PLAIN);
      expect(row?.reason).not.toMatch(TECHNICAL);
    },
  );

  test('leave numbers and ledger as a rebuild makes them', async () => {
    const { kept, rebuilt, ledger } = await soundness(world, shop);
    expect(kept).toEqual(rebuilt);
    expect(ledger).toMatchObject({ ok: true });
  });
});
