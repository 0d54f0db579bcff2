import type { Scope } from './scope.ts';
import { insertImport } from './shops.repository.ts';

/** Notes that a file is being imported. */
export const recordImport = (
  scope: Scope,
  id: string,
  { file, format, earns }: { file: string; format: string; earns: boolean },
) => insertImport(scope.tx, { shopId: scope.shop.id, id, file, format, earns, createdAt: scope.now });
