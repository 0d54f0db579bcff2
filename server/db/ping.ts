import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

/** Whether the database answers a query now. */
export async function answers(db: Database): Promise<boolean> {
  try {
    await db.read.select({ one: sql`1` }).from(sql`(select 1) as probe`);
    return true;
  } catch {
    return false;
  }
}
