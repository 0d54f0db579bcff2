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

/** Unbounded text. */
export const text = () => sqliteText();
/** Bytes exactly as they came. */
export const bytes = () => blob({ mode: 'buffer' });
/** A whole number within ±(2^53 − 1). */
export const whole = () => integer({ mode: 'number' });
/** True or false. */
export const flag = () => integer({ mode: 'boolean' });
/** Epoch milliseconds. */
export const instant = () => integer({ mode: 'number' });
/** A JSON document, read and written whole: no query looks inside. */
export const json = <T>() => sqliteText({ mode: 'json' }).$type<T>();
