import { defineConfig } from 'drizzle-kit';

// The schema is one for both databases; when it loads, the address says for which of them to build it.
process.env.DATABASE_URL = 'postgres://unused';

export default defineConfig({
  dialect: 'postgresql',
  // Every feature's tables; a test holds them equal to those that server/features.ts lists.
  schema: './server/**/!(testing).tables.ts',
  // As the app's own connections: columns are named in TypeScript's way there and in SQL's way here.
  casing: 'snake_case',
  out: process.env.BAZGASHT_MIGRATIONS_OUT ?? './drizzle/postgres',
});
