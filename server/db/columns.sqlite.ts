import {
  blob,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text as sqliteText,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';

export { index, primaryKey as key, sqliteTable as table, uniqueIndex as unique };

/** Unbounded text. Whoever gives no name, here and below, means the field's own. */
export const text = (name = '') => sqliteText(name);
/** Bytes exactly as they came. */
export const bytes = (name = '') => blob(name, { mode: 'buffer' });
/** A whole number within ±(2^53 − 1). */
export const whole = (name = '') => integer(name, { mode: 'number' });
/** True or false. */
export const flag = (name = '') => integer(name, { mode: 'boolean' });
/** Epoch milliseconds. */
export const instant = () => integer({ mode: 'number' });
/** A JSON document, read and written whole: no query looks inside. */
export const json = <T>(name = '') => sqliteText(name, { mode: 'json' }).$type<T>();
