import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loadConfig } from '../../../config.ts';
import { API_VERSION } from '../platform.ts';
import { SHOPIFY_TOPICS } from '../reading/shopify.commerce.ts';
import { COMPLIANCE_TOPICS, SUBSCRIBED, topicName } from './webhooks.usecases.ts';

const root = join(import.meta.dirname, '../../../..');
const file = readFileSync(join(root, 'shopify.app.toml'), 'utf8');

type Value = string | boolean | string[];
type Section = { name: string; values: Record<string, Value> };

/** The part of TOML that the file uses: tables, lists of tables, text, truth, lists of text. Anything else is a fault. */
function parsed(text: string): Section[] {
  const sections: Section[] = [{ name: '', values: {} }];
  const joined = text.replace(
    /\[\s*\n((?:\s*"[^"\n]*",?\s*\n)+)\s*\]/g,
    (_all, list: string) => `[${list.replace(/\s+/g, ' ')}]`,
  );
  for (const line of joined.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const heading = /^\[{1,2}([a-z_.]+)\]{1,2}$/.exec(line);
    if (heading) {
      sections.push({ name: String(heading[1]), values: {} });
      continue;
    }
    const [, name = '', written = ''] = /^([a-z_]+) = (.+)$/.exec(line) ?? [];
    if (name === '') throw new Error(`This line is none that the file may have: ${line}`);
    const value = JSON.parse(written.replace(/,\s*\]$/, ']')) as Value;
    const values = sections.at(-1)?.values ?? {};
    if (name in values) throw new Error(`${name} stands there twice.`);
    values[name] = value;
  }
  return sections;
}
const sections = parsed(file);
const section = (name: string) => sections.find((one) => one.name === name)?.values ?? {};
const subscriptions = sections.filter(({ name }) => name === 'webhooks.subscriptions').map(({ values }) => values);

test('every topic that is read is declared once, at the address that takes it', () => {
  const declared = subscriptions.flatMap(({ topics = [], compliance_topics: more = [] }) => [
    ...(topics as string[]),
    ...(more as string[]),
  ]);
  expect(declared.toSorted()).toEqual(SHOPIFY_TOPICS.toSorted());
  expect(subscriptions.flatMap(({ compliance_topics: topics = [] }) => topics)).toEqual(COMPLIANCE_TOPICS);
  expect(new Set(subscriptions.map(({ uri }) => uri))).toEqual(new Set(['/webhooks/shopify']));
});

test('it names the version that the app speaks, the addresses that the app has, and one origin', () => {
  expect(section('webhooks').api_version).toBe(API_VERSION);
  expect(section('')).toMatchObject({ embedded: true, application_url: 'https://loyalty.example.test/app' });
  expect(section('auth').redirect_urls).toEqual(['https://loyalty.example.test/auth/callback']);
  expect(section('app_proxy')).toEqual({
    url: 'https://loyalty.example.test/storefront',
    prefix: 'apps',
    subpath: 'bazgasht',
  });
});

test('its scopes are those that the app asks for by default, each with its reason in the manual', () => {
  const scopes = String(section('access_scopes').scopes).split(',');
  const config = loadConfig({
    SHOPIFY_API_KEY: 'k',
    SHOPIFY_API_SECRET: 's',
    ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
  });
  expect(config.shopify?.scopes.toSorted()).toEqual(scopes.toSorted());
  const manual = readFileSync(join(root, 'docs/shopify.md'), 'utf8');
  for (const scope of scopes) expect(manual, scope).toContain(`| \`${scope}\` |`);
});

test('every topic exists in the published schema, and a scope that is asked for allows it', () => {
  const path = join(root, 'node_modules/@shopify/dev-mcp/dist/data', `admin_${API_VERSION}.json.gz`);
  type Type = { name: string; enumValues: { name: string; description: string }[] };
  const { data } = JSON.parse(gunzipSync(readFileSync(path)).toString()) as { data: { __schema: { types: Type[] } } };
  const topics = data.__schema.types.find(({ name }) => name === 'WebhookSubscriptionTopic')?.enumValues ?? [];
  const scopes = String(section('access_scopes').scopes).split(',');
  expect(topicName('customer.tags_added')).toBe('CUSTOMER_TAGS_ADDED');
  for (const topic of SUBSCRIBED) {
    const known = topics.find(({ name }) => name === topic);
    expect(known, topic).toBeDefined();
    const needed = known?.description.match(/\b(?:read|write)_[a-z_]+/g) ?? [];
    expect(needed.length === 0 || needed.some((scope) => scopes.includes(scope)), topic).toBe(true);
  }
});
