/** A column as a copy knows it: `field` in the code, `name` in the database. */
export type Column = {
  field: string;
  name: string;
  kind: 'text' | 'bytes' | 'whole' | 'flag' | 'json';
  nullable: boolean;
};

export type Row = Record<string, unknown>;

/** A table without its drizzle object, for whoever copies rows. */
export type TableFacts = { name: string; columns: Column[]; key: string[]; shopField: string | null };
