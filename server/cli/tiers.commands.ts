import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type TierProgram, tierProgram } from '../contracts/tiers.ts';
import { shopByName } from '../shops/shops.usecases.ts';
import { previewTiers, tierHistory } from '../tiers/preview.usecases.ts';
import { setTiers } from '../tiers/review.usecases.ts';
import { type Command, needed, wrongUse } from './command.ts';

const shopOption = { shop: { type: 'string' } } as const;

/** The definition in a file. @throws AppError cli.usage that names the field */
function definitionIn([file]: string[], command: string): TierProgram {
  if (file === undefined) throw wrongUse(`the file is missing: ${command} FILE.json`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw wrongUse(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  const read = tierProgram.safeParse(json);
  if (!read.success) throw wrongUse(`${file} does not define tiers:\n${z.prettifyError(read.error)}`);
  return read.data;
}

const named = (tier: string | null): string => tier ?? '–';

export const tiersPreview: Command = {
  usage: 'tiers preview FILE.json --shop D — how many members these tiers would move; changes nothing',
  options: shopOption,
  async run({ core, values, words }) {
    const tiers = definitionIn(words, 'tiers preview');
    const preview = await previewTiers(core, await shopByName(core, needed(values, 'shop')), tiers);
    const { members, up, down, stay, removed, entryBonuses, moves } = preview;
    const sum = `${members} members: ${up} up at once, ${down} down at a later review, ${stay} stay, ${removed} of a level that goes`;
    const lines = moves.map(({ from, to, members }) => `${named(from)}\t→ ${named(to)}\t${members}`);
    const text = [sum, `at most ${entryBonuses} points of entry bonuses`, ...lines].join('\n');
    return { json: preview, text };
  },
};

export const tiersSet: Command = {
  usage:
    'tiers set FILE.json --shop D — put these tiers in force: up at once, down only by the review; takes no points',
  options: shopOption,
  async run({ core, values, words }) {
    const tiers = definitionIn(words, 'tiers set');
    const shop = await shopByName(core, needed(values, 'shop'));
    const done = await setTiers(core, shop.id, { tiers, actor: 'operator' });
    const state = tiers.enabled ? `${done.moved} of ${done.members} members moved` : 'tiers are off';
    return { json: { ...done, enabled: tiers.enabled }, text: `program version ${done.version}: ${state}` };
  },
};

export const tiersHistory: Command = {
  usage: "tiers history --shop D --customer E — a customer's moves between tiers, each with its reason and figures",
  options: { ...shopOption, customer: { type: 'string' } },
  async run({ core, values }) {
    const shop = await shopByName(core, needed(values, 'shop'));
    const moves = await tierHistory(core, shop, needed(values, 'customer'));
    const lines = moves.map(({ from, to, reason, figures, at, actor }) => {
      const { metric, value, threshold } = figures;
      const move = `${named(from)} → ${named(to)}`;
      return [new Date(at).toISOString(), move, reason, `${metric} ${value} of ${threshold}`, actor].join('\t');
    });
    return { json: { moves }, text: lines.join('\n') || 'No moves so far.' };
  },
};
