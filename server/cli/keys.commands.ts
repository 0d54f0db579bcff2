import { type Core, keysFolder } from '../app.ts';
import { addLocalKey, ensureLocalKeys } from '../keys.ts';
import { keysInUse, rotateKeys } from '../secrets/rotate.usecases.ts';
import type { Command } from './command.ts';

/**
 * A new key beside a local database, unless an earlier rotation was not finished: then its key is the one to go on with.
 * The transaction is only for its turn: two commands at once must not lose each other's key.
 */
async function newLocalKey(core: Core): Promise<string | null> {
  const folder = keysFolder(core.config);
  const newest = ensureLocalKeys(folder)[0]?.id;
  if ((await keysInUse(core)).some(({ id }) => id !== newest && core.vault.hasKey(id))) return null;
  return core.db.transaction(async () => addLocalKey(folder));
}

export const keysRotate: Command = {
  usage: 'keys rotate — seal every stored secret with the newest key; exit 1 names what no key of ours opens',
  options: {},
  async run({ core }) {
    const made = core.config.encryptionKeys === undefined ? await newLocalKey(core) : null;
    const { resealed, inUse, unreadable } = await rotateKeys(core);
    const lines = [
      ...(made === null ? [] : [`made the key ${made} in encryption.key`]),
      `${resealed} secrets sealed anew`,
      ...inUse.map(({ id, values }) => `in use: ${id} (${values})`),
      ...unreadable.map(
        ({ table, field, shop, key }) => `CANNOT BE READ: ${table}.${field} of shop ${shop}, key ${key}`,
      ),
      'A key that is not in use may go once no backup needs it.',
    ];
    return { json: { made, resealed, inUse, unreadable }, text: lines.join('\n'), code: unreadable.length > 0 ? 1 : 0 };
  },
};
