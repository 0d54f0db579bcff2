// Builds the admin into web/dist, unless what is there was made of the same sources. `--force` builds anyway.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'web/dist');
const stamp = join(dist, '.sources');
/** The catalogs of contracts' types leave nothing in the build; shared texts and the lock file's versions do. */
const sources = [
  'web/index.html',
  'web/vite.config.ts',
  'web/src',
  'server/words',
  'package-lock.json',
  'tools/build-web.ts',
];

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesIn(join(root, source)))) {
    hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** The server sends these as they are, so that no request waits for a compression. */
function compress(): void {
  for (const name of readdirSync(join(dist, 'assets'))) {
    if (!['.js', '.css', '.svg', '.json'].includes(extname(name))) continue;
    const file = join(dist, 'assets', name);
    const bytes = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
}

const wanted = hashOfSources();
const fresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
if (!fresh || process.argv.includes('--force')) {
  const began = Date.now();
  process.stderr.write('Building the admin … ');
  await build({ configFile: join(root, 'web/vite.config.ts') });
  compress();
  writeFileSync(stamp, wanted);
  process.stderr.write(`done in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}
