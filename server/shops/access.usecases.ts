import type { Access } from './access.rules.ts';
import type { Scope } from './scope.ts';
import { findTrouble } from './shops.repository.ts';

/** What the shop's own row says of its access to its platform. */
export const accessOf = async ({ tx, shop }: Pick<Scope, 'tx' | 'shop'>): Promise<Access> =>
  (await findTrouble(tx, shop.id)) ?? { scopes: null, accessRefusedAt: null, storeCurrency: null };
