import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  type GraphQLSchema,
  type IntrospectionQuery,
  NoDeprecatedCustomRule,
  parse,
  print,
  specifiedRules,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import * as generated from './operations.generated.ts';

const FOLDER = join(import.meta.dirname, 'operations');
const DATA = join(import.meta.dirname, '../../../node_modules/@shopify/dev-mcp/dist/data');
const files = readdirSync(FOLDER);
const texts = files.map((name) => readFileSync(join(FOLDER, name), 'utf8'));

function schemaOf(version: string): GraphQLSchema {
  const file = gunzipSync(readFileSync(join(DATA, `admin_${version}.json.gz`))).toString();
  return buildClientSchema((JSON.parse(file) as { data: IntrospectionQuery }).data);
}

const faults = (schema: GraphQLSchema, text: string): string[] =>
  validate(schema, parse(text), [...specifiedRules, NoDeprecatedCustomRule]).map(({ message }) => message);

describe.each(['2026-07', '2026-10'])('the operations in %s', (version) => {
  const schema = schemaOf(version);
  it('are valid, all together, and use nothing deprecated', () => {
    expect(files.length).toBeGreaterThanOrEqual(8);
    expect(faults(schema, texts.join('\n'))).toEqual([]);
  });
  it('would not be, with a field that was withdrawn or is deprecated', () => {
    expect(faults(schema, 'query A { shop { withdrawn } }')).toHaveLength(1);
    expect(faults(schema, 'query A { order(id: "gid://shopify/Order/1") { totalPrice } }')).toHaveLength(1);
  });
});

describe('the promise to make the same thing once', () => {
  const file = gunzipSync(readFileSync(join(DATA, 'admin_2026-10.json.gz'))).toString();
  type Field = { name: string; description: string | null };
  type Published = { data: { __schema: { types: { name: string; fields: Field[] | null }[] } } };
  const { types } = (JSON.parse(file) as Published).data.__schema;
  const mutations = types.find(({ name }) => name === 'Mutation')?.fields ?? [];
  const takesKey = (name: string): boolean | undefined =>
    mutations.find((field) => field.name === name)?.description?.includes('@idempotent');

  it('is given by some mutations, which say so', () => expect(takesKey('refundCreate')).toBe(true));
  // Once it fails: give the effect's key along, and call the kind repeatable.
  it.each(['discountCodeBasicCreate', 'discountCodeDeactivate', 'tagsAdd', 'tagsRemove'])(
    'is not given by %s',
    (name) => {
      expect(takesKey(name)).toBe(false);
    },
  );
});

describe('the generated documents', () => {
  it('are the files, one named operation each', () => {
    const written = Object.values(generated).map(({ text }) => text);
    expect(written.sort()).toEqual(texts.map((text) => print(parse(text))).sort());
  });

  it('ask a bulk operation for no list of things inside a list', () => {
    // Shopify refuses a connection inside a plain list, more than five connections and more than two levels of them.
    for (const { text } of [generated.BulkOrders, generated.BulkCustomers]) {
      expect(text.match(/edges \{/g)?.length).toBeLessThanOrEqual(3);
      expect(text).not.toMatch(/refunds \{[^}]*edges/);
    }
  });
});
