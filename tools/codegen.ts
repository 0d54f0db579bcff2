/**
 * The types of the Admin API's operations, from the .graphql files and Shopify's published schema (no network):
 * `npm run codegen` writes them, `npm run codegen -- --check` fails when what is written is stale.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { generate } from '@graphql-codegen/cli';
import { buildClientSchema, type IntrospectionQuery, parse, print, printSchema } from 'graphql';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'server/commerce/shopify/operations');
const OUTPUT = join(ROOT, 'server/commerce/shopify/operations.generated.ts');
const SCHEMA = join(ROOT, 'node_modules/@shopify/dev-mcp/dist/data/admin_2026-10.json.gz');

const HEAD = '// Made by `npm run codegen` from operations/*.graphql and the Admin API 2026-10. Do not edit.\n';

function schemaText(): string {
  const { data } = JSON.parse(gunzipSync(readFileSync(SCHEMA)).toString()) as { data: IntrospectionQuery };
  return printSchema(buildClientSchema(data));
}

/** The documents as constants, each with the types of its answer and its variables. */
function constantsOf(texts: string[]): string {
  const lines = texts.map((text) => {
    const document = parse(text);
    const [definition] = document.definitions;
    if (document.definitions.length !== 1 || definition?.kind !== 'OperationDefinition' || !definition.name)
      throw new Error('A file holds one named operation.');
    const { name, operation } = definition;
    const types = `${name.value}${operation === 'query' ? 'Query' : 'Mutation'}`;
    const kind = `Operation<${types}, ${types}Variables>`;
    const body = print(document).replaceAll('$', '\\$');
    return `export const ${name.value} = {\n  name: '${name.value}',\n  text: \`${body}\`,\n} as ${kind};\n`;
  });
  return lines.join('\n');
}

const OPERATION = `
/** An operation as text, with the types of its answer and its variables for the compiler. */
export type Operation<Answer, Variables> = { name: string; text: string; answer?: Answer; variables?: Variables };
`;

async function generated(): Promise<string> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.graphql'));
  const texts = files.sort().map((name) => readFileSync(join(FOLDER, name), 'utf8'));
  const [output] = (await generate(
    {
      silent: true,
      schema: schemaText(),
      documents: texts,
      generates: { [OUTPUT]: { plugins: ['typescript-operations'] } },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: true,
        disableDescriptions: true,
        defaultScalarType: 'string',
        scalars: { ID: 'string', UnsignedInt64: 'string' },
      },
    },
    false,
  )) as { content: string }[];
  if (!output) throw new Error('Nothing was generated.');
  return `${HEAD}${output.content}${OPERATION}\n${constantsOf(texts)}`;
}

const text = await generated();
if (process.argv.includes('--check')) {
  if (readFileSync(OUTPUT, 'utf8') !== text) {
    console.error('operations.generated.ts is stale: run `npm run codegen`.');
    process.exit(1);
  }
} else writeFileSync(OUTPUT, text);
