import {
  bigint,
  boolean,
  customType,
  index,
  json as pgJson,
  pgTable,
  text as pgText,
  primaryKey,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

export { index, pgTable as table, primaryKey as key, uniqueIndex as unique };

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** Unbounded text. */
export const text = () => pgText();
/** Bytes exactly as they came. */
export const bytes = () => bytea();
/** A whole number within ±(2^53 − 1). */
export const whole = () => bigint({ mode: 'number' });
/** True or false. */
export const flag = () => boolean();
/** Epoch milliseconds. */
export const instant = () => bigint({ mode: 'number' });
/** A JSON document, read and written whole: no query looks inside. */
export const json = <T>() => pgJson().$type<T>();
