// Style as a test: what the linter cannot say about where code lives and what it may import (docs/architecture.md).
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Source {
  path: string;
  text: string;
}

interface Import {
  /** The imported file's path from the project's folder, or the package's name. */
  target: string;
  typeOnly: boolean;
}

interface Direction {
  rule: string;
  /** Which files the rule is about. */
  of: (path: string) => boolean;
  refuses: (imported: Import, path: string) => boolean;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['server', 'web', 'tools', 'bench', 'drizzle'];
const codeFile = /\.(?:ts|tsx|mjs)$/;
const generatedFile = /\.generated\.ts$/;
const maxLines = 350;
const maxTestLines = 500;

// --- What a path is -------------------------------------------------------------------------------------------------

const isTest = (path: string) => /\.(?:test|dbtest)\.tsx?$/.test(path);
const inFolder = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
/** The layer is the suffix: points.rules.ts is `rules`. */
const hasSuffix = (...suffixes: string[]) => {
  const pattern = new RegExp(`\\.(?:${suffixes.join('|')})\\.tsx?$`);
  return (path: string) => pattern.test(path);
};
const isFixture = hasSuffix('fixtures');
/** Makes the worlds of tests. */
const isTestHelper = (path: string) => path.startsWith('server/db/testing.');
const featureOf = (path: string) => path.split('/').slice(0, 2).join('/');

const isServer = inFolder('server');
const isContract = inFolder('server/contracts');
const isShared = inFolder('server/shared');
const isCatalog = (path: string) => /^server\/words\/(?:(?:en|fa)\/[\w-]+|locales|shape)\.ts$/.test(path);
const isShopify = inFolder('server/commerce/shopify');
const isRules = hasSuffix('rules');
const isUseCase = hasSuffix('usecases');
const isRepository = hasSuffix('repository');
/** What a feature is to everybody else: it may name whatever its folder has. */
const isFeature = (path: string) => path.endsWith('/feature.ts');
const isPort = hasSuffix('port');
/** Where a request or a wake-up comes in. */
const isEntry = hasSuffix('routes', 'job');
const speaksToDatabase = (path: string) =>
  inFolder('server/db')(path) || hasSuffix('repository', 'queries', 'tables')(path);
const isWiring = (path: string) => /^server\/(?:app|index|cli)\.ts$/.test(path) || inFolder('server/cli')(path);
/** A feature of its own in the folder of jobs: when the schedule ran. */
const isTicks = (path: string) => path.startsWith('server/jobs/ticks.');
const isOuter = (path: string) =>
  isEntry(path) || isWiring(path) || inFolder('server/http')(path) || (inFolder('server/jobs')(path) && !isTicks(path));

/** Packages that reach outside the process, which pure rules must not. */
const isInputOutput = (target: string) =>
  /^(?:node:(?!crypto$|util$|buffer$|assert)|express|pg\b|better-sqlite3|pino|nodemailer|node-cron|web-push)/.test(
    target,
  );

// --- The rules ------------------------------------------------------------------------------------------------------

const directions: Direction[] = [
  {
    rule: 'contracts import zod and each other only',
    of: isContract,
    refuses: ({ target }) => target !== 'zod' && !isContract(target),
  },
  {
    rule: 'shared imports nothing of the server but shared',
    of: isShared,
    refuses: ({ target }) => isServer(target) && !isShared(target),
  },
  {
    rule: 'rules are pure: they import contracts, shared, other rules, *.types, *.errors, and types of ports',
    of: isRules,
    refuses: ({ target, typeOnly }) =>
      isServer(target)
        ? !(isContract(target) || isShared(target) || hasSuffix('rules', 'types', 'errors')(target)) &&
          !(typeOnly && isPort(target))
        : isInputOutput(target),
  },
  {
    rule: 'only *.repository, *.queries, *.tables and db/ import drizzle-orm',
    of: (path) => !speaksToDatabase(path) && !inFolder('bench')(path),
    refuses: ({ target }) => /^drizzle-orm(?:\/|$)/.test(target),
  },
  {
    rule: 'only commerce/shopify/ imports @shopify/*',
    of: (path) => isServer(path) && !isShopify(path),
    refuses: ({ target }) => target.startsWith('@shopify/'),
  },
  {
    rule: 'use cases and repositories know nothing of routes, jobs (but their port), http or the app',
    of: (path) => isUseCase(path) || isRepository(path),
    refuses: ({ target }) => isOuter(target) && !isPort(target),
  },
  {
    rule: 'repositories do not call use cases',
    of: isRepository,
    refuses: ({ target }) => isUseCase(target),
  },
  {
    rule: 'routes and jobs call use cases, not repositories or tables',
    of: isEntry,
    refuses: ({ target }) => hasSuffix('repository', 'tables')(target),
  },
  {
    rule: 'a repository is used by its own feature only: others read by *.queries, and change by use cases',
    of: (path) => isServer(path) && !isEntry(path),
    refuses: ({ target }, path) =>
      isRepository(target) &&
      !(
        (isUseCase(path) || isRepository(path) || isFeature(path) || hasSuffix('queries')(path)) &&
        featureOf(path) === featureOf(target)
      ),
  },
  {
    rule: 'only index.ts and the commands import app.ts',
    of: (path) => isServer(path) && !isWiring(path),
    refuses: ({ target }) => target === 'server/app.ts',
  },
  {
    rule: 'only wiring knows the list of features: what others need of it is handed to them',
    of: (path) => isServer(path) && !['server/app.ts', 'server/reactions.ts'].includes(path) && !isTestHelper(path),
    refuses: ({ target }) => target === 'server/features.ts',
  },
  {
    rule: 'the server imports nothing of web/ and tools/',
    of: isServer,
    refuses: ({ target }) => inFolder('web')(target) || inFolder('tools')(target),
  },
  {
    rule: 'web imports nothing of the server but contracts and catalogs of texts',
    of: inFolder('web'),
    refuses: ({ target }) => isServer(target) && !isContract(target) && !isCatalog(target),
  },
  {
    rule: 'catalogs of texts import each other only',
    of: isCatalog,
    refuses: ({ target }) => !isCatalog(target),
  },
  {
    rule: 'only web/src/ui imports Polaris',
    of: (path) => inFolder('web')(path) && !inFolder('web/src/ui')(path),
    refuses: ({ target }) => target.startsWith('@shopify/'),
  },
];

/** Split so that this file does not name what it forbids. */
const bannedWords = [
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['@ts-', 'ignore'],
  ['as ', 'any'],
].map((parts) => parts.join(''));
const focused = /\b(?:it|test|describe|bench)(?:\.\w+)*\.only\b/;

// --- The checkers ---------------------------------------------------------------------------------------------------

const importPattern =
  /^(?:import|export)\s+(?<type>type\s)?(?:[^'";]*?\sfrom\s+)?['"](?<from>[^'"]+)['"]|\bimport\(\s*['"](?<dynamic>[^'"]+)['"]/gm;

function importsOf({ path, text }: Source): Import[] {
  return [...text.matchAll(importPattern)].map(({ groups = {} }) => {
    const target = groups.from ?? groups.dynamic ?? '';
    return {
      target: target.startsWith('.') ? posix.join(posix.dirname(path), target) : target,
      typeOnly: groups.type !== undefined,
    };
  });
}

function directionFaults(source: Source): string[] {
  // A test, and what only tests use, may set up what it needs from anywhere.
  if (isTest(source.path) || isFixture(source.path)) return [];
  const rules = directions.filter(({ of }) => of(source.path));
  return importsOf(source).flatMap((imported) =>
    rules
      .filter(({ refuses }) => refuses(imported, source.path))
      .map(({ rule }) => `${source.path} imports ${imported.target}: ${rule}`),
  );
}

function lengthFaults({ path, text }: Source): string[] {
  const lines = text.trimEnd().split('\n').length;
  const limit = isTest(path) ? maxTestLines : maxLines;
  return lines > limit && !generatedFile.test(path) ? [`${path} has ${lines} lines: at most ${limit}`] : [];
}

function wordFaults({ path, text }: Source): string[] {
  const found = bannedWords.filter((word) => new RegExp(`(?<!\\w)${word}\\b`).test(text));
  const faults = found.map((word) => `${path} says "${word}": finish it, or type it`);
  if (isTest(path) && focused.test(text)) faults.push(`${path} runs only some of its tests: remove .${'only'}`);
  return faults;
}

/** A test that no project of vitest.config.ts picks up, or that stands apart from what it tests, is soon forgotten. */
function placeFaults({ path }: Source, paths: string[]): string[] {
  if (/\.spec\.tsx?$|\/(?:__tests__|tests?)\//.test(path))
    return [`${path}: tests are called *.test.ts, beside the code`];
  if (!isTest(path) || inFolder('server/e2e')(path)) return [];
  const beside = paths.some((other) => dirname(other) === dirname(path) && !isTest(other));
  return beside ? [] : [`${path} has no code beside it: tests live in the folder of what they test`];
}

function sourcesOf(folder: string): Source[] {
  let entries: string[] = [];
  try {
    entries = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  } catch {
    return []; // Not every top-level folder exists yet.
  }
  return entries
    .map((entry) => posix.join(folder, entry.replaceAll('\\', '/')))
    .filter((path) => codeFile.test(path) && !/(?:^|\/)(?:node_modules|dist)\//.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

// --- The tree -------------------------------------------------------------------------------------------------------

describe('the tree', () => {
  const sources = folders.flatMap(sourcesOf);
  const paths = sources.map(({ path }) => path);

  it('is read at all', () => expect(paths).toContain('server/tidy.test.ts'));
  it('keeps the import directions', () => expect(sources.flatMap(directionFaults)).toEqual([]));
  it('keeps files short', () => expect(sources.flatMap(lengthFaults)).toEqual([]));
  it('has no unfinished words', () => expect(sources.flatMap(wordFaults)).toEqual([]));
  it('has every test beside its code', () => {
    expect(sources.flatMap((source) => placeFaults(source, paths))).toEqual([]);
  });
});

// --- The checkers can fail ------------------------------------------------------------------------------------------

describe('the import checker', () => {
  const refused: [path: string, line: string][] = [
    ['server/contracts/program.ts', `import { now } from '../shared/clock.ts';`],
    ['server/contracts/program.ts', `import express from 'express';`],
    ['server/shared/money.ts', `import type { Tx } from '../db/database.ts';`],
    ['server/points/points.rules.ts', `import type { Row } from './points.tables.ts';`],
    ['server/points/points.rules.ts', `import { fetchOrder } from '../commerce/commerce.port.ts';`],
    ['server/points/points.rules.ts', `import { readFileSync } from 'node:fs';`],
    ['server/points/points.usecases.ts', `import { eq } from 'drizzle-orm';`],
    ['server/points/points.usecases.ts', `import {\n  eq,\n} from 'drizzle-orm/sqlite-core';`],
    ['server/points/points.usecases.ts', `import { router } from './points.routes.ts';`],
    ['server/points/points.usecases.ts', `import { session } from '../http/session.ts';`],
    ['server/points/points.usecases.ts', `import { start } from '../jobs/in-process.ts';`],
    ['server/points/points.usecases.ts', `export * from '../app.ts';`],
    ['server/points/points.usecases.ts', `import * as orders from '../orders/orders.repository.ts';`],
    ['server/points/points.usecases.ts', `const orders = await import('../orders/orders.repository.ts');`],
    ['server/points/points.routes.ts', `import * as points from './points.repository.ts';`],
    ['server/points/expire.job.ts', `import { lots } from './points.tables.ts';`],
    ['server/points/points.repository.ts', `import { earn } from './points.usecases.ts';`],
    ['server/commerce/sandbox/store.ts', `import { shopifyApi } from '@shopify/shopify-api';`],
    ['server/http/health.ts', `import { createApp } from '../app.ts';`],
    ['server/points/points.usecases.ts', `import { features } from '../features.ts';`],
    ['server/db/open.ts', `import { startPostgres } from '../../tools/postgres.ts';`],
    ['web/pages/home.tsx', `import { money } from '../../server/shared/money.ts';`],
    ['web/src/i18n/en/index.ts', `import { textsOf } from '../../../../server/words/said/texts.ts';`],
    ['server/words/en/connect.ts', `import { HEADER } from '../../commerce/woocommerce/connect/connect.types.ts';`],
    ['web/src/pages/home.tsx', `import { Card } from '@shopify/polaris';`],
    ['web/src/pages/home.tsx', `import '@shopify/polaris/build/esm/styles.css';`],
    ['web/src/shell/shell.tsx', `const words = await import('@shopify/polaris/locales/en.json');`],
  ];
  it.each(refused)('refuses in %s: %s', (path, line) => {
    expect(directionFaults({ path, text: `${line}\n` })).not.toEqual([]);
  });

  const allowed: [path: string, line: string][] = [
    ['server/contracts/program.ts', `import { z } from 'zod';\nimport { id } from './ids.ts';`],
    ['server/points/points.rules.ts', `import type { Commerce } from '../commerce/commerce.port.ts';`],
    ['server/points/points.rules.ts', `import { round } from '../shared/money.ts';`],
    ['server/points/points.rules.ts', `import { tierOf } from '../tiers/tiers.rules.ts';`],
    ['server/points/points.usecases.ts', `import type { Jobs } from '../jobs/jobs.port.ts';`],
    ['server/points/points.usecases.ts', `import * as points from './points.repository.ts';`],
    ['server/points/points.usecases.ts', `import { record } from '../orders/orders.usecases.ts';`],
    ['server/points/points.repository.ts', `import { eq } from 'drizzle-orm';`],
    ['server/points/points.routes.ts', `import { earn } from './points.usecases.ts';`],
    ['server/points/points.dbtest.ts', `import * as orders from '../orders/orders.repository.ts';`],
    ['server/commerce/shopify/session.ts', `import { shopifyApi } from '@shopify/shopify-api';`],
    ['web/pages/home.tsx', `import type { Program } from '../../server/contracts/program.ts';`],
    ['web/src/ui/index.ts', `export { Card } from '@shopify/polaris';`],
    ['web/src/i18n/en/index.ts', `import { home } from '../../../../server/words/en/home.ts';`],
  ];
  it.each(allowed)('allows in %s: %s', (path, line) => {
    expect(directionFaults({ path, text: `${line}\n` })).toEqual([]);
  });
});

describe('the other checkers', () => {
  it.each(bannedWords)('refuse the words %s', (word) => {
    expect(wordFaults({ path: 'server/a.ts', text: `// ${word} this\n` })).toHaveLength(1);
  });
  it('leave longer words alone', () => {
    expect(wordFaults({ path: 'server/a.ts', text: 'const has = anyone; // was anybody\n' })).toEqual([]);
  });
  it.each(['it', 'test', 'describe'])('refuse a focused %s', (name) => {
    const text = `${name}.${'only'}('x', () => {});\n`;
    expect(wordFaults({ path: 'server/a.test.ts', text })).toHaveLength(1);
  });
  it('refuse long files, and longer tests', () => {
    const text = 'x\n'.repeat(maxLines + 1);
    expect(lengthFaults({ path: 'server/a.ts', text })).toHaveLength(1);
    expect(lengthFaults({ path: 'server/a.test.ts', text })).toEqual([]);
    expect(lengthFaults({ path: 'server/a.test.ts', text: 'x\n'.repeat(maxTestLines + 1) })).toHaveLength(1);
  });
  it('refuse tests away from their code', () => {
    expect(placeFaults({ path: 'server/tests/a.test.ts', text: '' }, [])).toHaveLength(1);
    expect(placeFaults({ path: 'server/a.spec.ts', text: '' }, ['server/a.ts'])).toHaveLength(1);
    expect(placeFaults({ path: 'server/b/a.test.ts', text: '' }, ['server/a.ts'])).toHaveLength(1);
    expect(placeFaults({ path: 'server/b/a.test.ts', text: '' }, ['server/b/a.ts'])).toEqual([]);
  });
});
