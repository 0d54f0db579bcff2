import { execute, parse, validate } from 'graphql';
import { schemaOf } from './sandbox.schemas.ts';

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
