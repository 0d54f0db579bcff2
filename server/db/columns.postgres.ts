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

/** Unbounded text. Whoever gives no name, here and below, means the field's own. */
export const text = (name = '') => pgText(name);
/** Bytes exactly as they came. */
export const bytes = (name = '') => bytea(name);
/** A whole number within ±(2^53 − 1). */
export const whole = (name = '') => bigint(name, { mode: 'number' });
/** True or false. */
export const flag = (name = '') => boolean(name);
/** Epoch milliseconds. */
export const instant = () => bigint({ mode: 'number' });
/** A JSON document, read and written whole: no query looks inside. */
export const json = <T>(name = '') => pgJson(name).$type<T>();
