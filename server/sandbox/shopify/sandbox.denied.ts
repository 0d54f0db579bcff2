import { GraphQLError } from 'graphql';

/** @throws GraphQLError as Shopify answers for a field whose scope was not granted: null, with the reason beside it */
export function refuseWithout(scopes: readonly string[], wanted: string, field: string): void {
  if (scopes.includes(wanted) || scopes.includes(wanted.replace(/^read_/, 'write_'))) return;
  throw new GraphQLError(`Access denied for ${field} field. Required access: \`${wanted}\` access scope.`, {
    extensions: { code: 'ACCESS_DENIED' },
  });
}
