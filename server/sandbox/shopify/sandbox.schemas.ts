import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { buildSchema, type GraphQLSchema } from 'graphql';

/** The versions of the Admin API that are answered: those that the app is checked against. */
export const VERSIONS = ['2026-07', '2026-10'];

/** Where `npm run codegen` writes the schema of a version. */
export const schemaFile = (version: string): string =>
  fileURLToPath(new URL(`schemas/admin_${version}.graphql.br`, import.meta.url));

const schemas = new Map<string, GraphQLSchema>();

/** Shopify's published schema of a version, without descriptions; null when it is none that is answered. */
export function schemaOf(version: string): GraphQLSchema | null {
  if (!VERSIONS.includes(version)) return null;
  const known = schemas.get(version);
  if (known) return known;
  const text = brotliDecompressSync(readFileSync(schemaFile(version))).toString();
  const schema = buildSchema(text, { assumeValid: true, noLocation: true });
  schemas.set(version, schema);
  return schema;
}
