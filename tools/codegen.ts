/**
 * The types of the Admin API's operations, from the .graphql files and Shopify's published schema (no network), and the schemas
 * by which the sandbox answers: `npm run codegen` writes them, `npm run codegen -- --check` fails when what is written is stale.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { generate } from '@graphql-codegen/cli';
import { buildClientSchema, type IntrospectionQuery, parse, print, printSchema, stripIgnoredCharacters } from 'graphql';
import { schemaFile, VERSIONS } from '../server/sandbox/shopify/sandbox.schemas.ts';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'server/commerce/shopify/operations');
const OUTPUT = join(ROOT, 'server/commerce/shopify/operations.generated.ts');
/** The package exports none of its data: it is read by its place. */
const PUBLISHED = join(ROOT, 'node_modules/@shopify/dev-mcp/dist/data');

const HEAD = '// Made by `npm run codegen` from operations/*.graphql and the Admin API 2026-10. Do not edit.\n';

function published(version: string): IntrospectionQuery {
  const packed = readFileSync(join(PUBLISHED, `admin_${version}.json.gz`));
  return (JSON.parse(gunzipSync(packed).toString()) as { data: IntrospectionQuery }).data;
}

const withoutDescriptions = (schema: IntrospectionQuery): IntrospectionQuery =>
  JSON.parse(JSON.stringify(schema, (key, value) => (key === 'description' ? undefined : value)));

/** Everything that a query is checked against and answered by, without what only people read: a tenth of the size. */
const compactText = (version: string): string =>
  stripIgnoredCharacters(printSchema(buildClientSchema(withoutDescriptions(published(version)))));

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
      schema: printSchema(buildClientSchema(published('2026-10'))),
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

type Written = { file: string; text: string; pack: (text: string) => Buffer; unpack: (bytes: Buffer) => string };

const outputs: Written[] = [
  { file: OUTPUT, text: await generated(), pack: Buffer.from, unpack: String },
  ...VERSIONS.map((version) => ({
    file: schemaFile(version),
    text: compactText(version),
    pack: (text: string) => brotliCompressSync(text),
    // What it says counts: another release of the compressor may write other bytes.
    unpack: (bytes: Buffer) => brotliDecompressSync(bytes).toString(),
  })),
];
const stale = outputs.filter(({ file, text, unpack }) => !existsSync(file) || unpack(readFileSync(file)) !== text);
if (process.argv.includes('--check')) {
  for (const { file } of stale) console.error(`${file} is stale: run \`npm run codegen\`.`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const { file, text, pack } of stale) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, pack(text));
  }
}
