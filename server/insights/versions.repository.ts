import { eq, sql } from 'drizzle-orm';
import { statement, type Tx } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import type { Scope } from '../shops/scope.ts';
import { insightVersions } from './insights.tables.ts';

const put = statement('versions.put', (db) =>
  db
    .insert(insightVersions)
    .values(placeholders(insightVersions))
    .onConflictDoUpdate({
      target: [insightVersions.shopId],
      set: {
        version: sql`case when ${insightVersions.version} >= excluded.version then ${insightVersions.version} + 1 else excluded.version end`,
      },
    }),
);
const get = statement('versions.get', (db) =>
  db
    .select({ version: insightVersions.version })
    .from(insightVersions)
    .where(eq(insightVersions.shopId, sql.placeholder('shop'))),
);

/** Notes that the shop's numbers were written. By the clock too, so that a shop made anew never has an old version. */
export async function nextVersion({ tx, shop, now }: Scope): Promise<void> {
  await put(tx, { shopId: shop.id, version: now });
}

/** The version of a shop's numbers; 0 before the first. */
export async function versionOf(db: Tx, shop: number): Promise<number> {
  const [row] = await get(db, { shop });
  return row?.version ?? 0;
}
