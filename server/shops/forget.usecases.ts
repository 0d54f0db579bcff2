import type { Database } from '../db/database.ts';
import type { Person } from '../features/feature.types.ts';
import { eraseReasons, markedErased, uninstalledBefore } from './forget.repository.ts';
import type { Scope } from './scope.ts';

/** Forgets what the audit log says of an erased person. */
export const forgetReasons = (scope: Scope, { customerIds }: Person) => eraseReasons(scope, customerIds);

/** Shops that were uninstalled up to an instant and still have their data. */
export const shopsLeft = ({ db }: { db: Database }, upTo: number) => uninstalledBefore(db.read, upTo);

/** Erased shops: whose rows may still have to be deleted. */
export const erasedShops = ({ db }: { db: Database }) => markedErased(db.read);
