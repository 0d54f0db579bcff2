import { SCOPES } from '../api/keys.rules.ts';
import { addKey, keysOf, revokeKey } from '../api/keys.usecases.ts';
import { shopByName } from '../shops/shops.usecases.ts';
import { type Command, needed, oneOf, optional, wrongUse } from './command.ts';

const ACTOR = 'operator';

export const apiKeyAdd: Command = {
  usage:
    'api-key add --shop D [--scope read|write|admin] [--name N] — make a key for programs (scope: write); it is shown once',
  options: { shop: { type: 'string' }, scope: { type: 'string' }, name: { type: 'string' } },
  async run({ core, values }) {
    const shop = await shopByName(core, needed(values, 'shop'));
    const scope = optional(values, 'scope') === undefined ? 'write' : oneOf(values, 'scope', SCOPES);
    const name = (optional(values, 'name') ?? 'API key').slice(0, 80);
    const made = await addKey(core, shop.id, { name, scope, actor: ACTOR });
    return { json: { shop: shop.domain, ...made }, text: made.key };
  },
};

const day = (at: number | null): string => (at === null ? '–' : new Date(at).toISOString().slice(0, 10));

export const apiKeyList: Command = {
  usage: 'api-key list --shop D — the keys of a shop, without what only their owners know',
  options: { shop: { type: 'string' } },
  async run({ core, values }) {
    const shop = await shopByName(core, needed(values, 'shop'));
    const keys = await keysOf(core, shop.id);
    const lines = keys.map(({ id, name, scope, createdAt, lastUsedAt, revokedAt }) =>
      [id, scope, name, `made ${day(createdAt)}`, `used ${day(lastUsedAt)}`, revokedAt === null ? '' : 'revoked'].join(
        '\t',
      ),
    );
    return { json: { keys }, text: lines.join('\n') || 'No keys yet. "api-key add" makes one.' };
  },
};

export const apiKeyRevoke: Command = {
  usage: 'api-key revoke ID --shop D — end a key at once',
  options: { shop: { type: 'string' } },
  async run({ core, values, words }) {
    const [id] = words;
    if (id === undefined) throw wrongUse('the id is missing: api-key revoke ID');
    const shop = await shopByName(core, needed(values, 'shop'));
    await revokeKey(core, shop.id, id, ACTOR);
    return { json: { id, revoked: true }, text: `${id} is revoked` };
  },
};
