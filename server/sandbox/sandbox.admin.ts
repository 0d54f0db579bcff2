import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, execute, type GraphQLSchema, type IntrospectionQuery, parse, validate } from 'graphql';

/** The versions of the Admin API that are answered: those that the app is checked against. */
const VERSIONS = ['2026-07', '2026-10'];
const schemas = new Map<string, GraphQLSchema>();

/** Shopify's published schema of a version; null when it is none that is answered. */
function schemaOf(version: string): GraphQLSchema | null {
  if (!VERSIONS.includes(version)) return null;
  const known = schemas.get(version);
  if (known) return known;
  // The package exports none of its data: it is read by its place.
  const file = new URL(`../../../node_modules/@shopify/dev-mcp/dist/data/admin_${version}.json.gz`, import.meta.url);
  const text = gunzipSync(readFileSync(file)).toString();
  const schema = buildClientSchema((JSON.parse(text) as { data: IntrospectionQuery }).data);
  schemas.set(version, schema);
  return schema;
}

export type Operation = { query?: unknown; variables?: unknown; operationName?: unknown };
export type Executed = { data?: unknown; errors?: unknown[]; extensions?: unknown };

type Asked = { version: string; operation: Operation; root: unknown; bulk?: boolean };

/**
 * Answers one GraphQL operation as Shopify does: checked against the published schema first, then executed over the
 * store. Null: there is no such version.
 */
export async function answer({ version, operation, root, bulk = false }: Asked): Promise<Executed | null> {
  const schema = schemaOf(version);
  if (schema === null) return null;
  const failed = (message: string): Executed => ({ errors: [{ message }] });
  if (typeof operation.query !== 'string') return failed('query is missing');
  try {
    const document = parse(operation.query);
    const faults = validate(schema, document);
    if (faults.length > 0) return { errors: faults.map((fault) => fault.toJSON()) };
    const result = await execute({
      schema,
      document,
      rootValue: root,
      contextValue: { bulk },
      variableValues: (operation.variables ?? {}) as Record<string, unknown>,
      operationName: typeof operation.operationName === 'string' ? operation.operationName : null,
    });
    // As plain values: graphql makes objects without a prototype.
    const plain = JSON.parse(JSON.stringify(result)) as Executed;
    return { ...plain, extensions: { cost: COST } };
  } catch (error) {
    return failed((error as Error).message);
  }
}

/** The sandbox never runs out of points: a flat cost, in the shape in which Shopify tells it. */
const COST = {
  requestedQueryCost: 10,
  actualQueryCost: 10,
  throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1990, restoreRate: 100 },
};
