import { parseArgs } from 'node:util';
import { createCore } from './app.ts';
import { apiKeyAdd, apiKeyList, apiKeyRevoke } from './cli/api-keys.commands.ts';
import { backup, exportCommand, restore } from './cli/backup.commands.ts';
import { bench } from './cli/bench.commands.ts';
import type { Answer, Command } from './cli/command.ts';
import { wrongUse } from './cli/command.ts';
import { deliveries, deliveriesReplay } from './cli/deliveries.commands.ts';
import { jobsRun } from './cli/jobs.commands.ts';
import { keysRotate } from './cli/keys.commands.ts';
import { ledgerBalance, ledgerRebuild, ledgerVerify } from './cli/ledger.commands.ts';
import { kpisCommand, segmentsLifecycle, segmentsRfm } from './cli/numbers.commands.ts';
import { importOrdersCommand, replay } from './cli/orders.commands.ts';
import { privacyExports } from './cli/privacy.commands.ts';
import { shopAdd, shopConnectUrl, shopDisconnect, shopSecret, shopSet, shops } from './cli/shops.commands.ts';
import { tiersHistory, tiersPreview, tiersSet } from './cli/tiers.commands.ts';
import { processConfig } from './config.ts';
import { isAppError } from './shared/errors.ts';
import { createLogger } from './shared/logger.ts';

/** Every command by its words; the longest that fits is meant. */
const COMMANDS: Record<string, Command> = {
  shops,
  'shop add': shopAdd,
  'shop set': shopSet,
  'shop secret': shopSecret,
  'shop connect-url': shopConnectUrl,
  'shop disconnect': shopDisconnect,
  'import orders': importOrdersCommand,
  replay,
  kpis: kpisCommand,
  'segments rfm': segmentsRfm,
  'segments lifecycle': segmentsLifecycle,
  'ledger verify': ledgerVerify,
  'ledger balance': ledgerBalance,
  'ledger rebuild': ledgerRebuild,
  'jobs run': jobsRun,
  deliveries,
  'deliveries replay': deliveriesReplay,
  'tiers preview': tiersPreview,
  'tiers set': tiersSet,
  'tiers history': tiersHistory,
  'privacy exports': privacyExports,
  export: exportCommand,
  backup,
  restore,
  'keys rotate': keysRotate,
  'api-key add': apiKeyAdd,
  'api-key list': apiKeyList,
  'api-key revoke': apiKeyRevoke,
  bench,
};

const help = (): string =>
  ['Usage: npm run -s cli -- COMMAND [--json]', ...Object.values(COMMANDS).map(({ usage }) => `  ${usage}`)].join('\n');

/** The command whose words come first; options may stand anywhere. */
function commandFor(args: string[]): { command: Command; rest: string[] } {
  const flags = args.findIndex((word) => word !== '--json');
  const [before, rest] = flags === -1 ? [args, []] : [args.slice(0, flags), args.slice(flags)];
  const end = rest.findIndex((word) => word.startsWith('-'));
  const words = rest.slice(0, Math.min(2, end === -1 ? 2 : end));
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = words.length >= length && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command) return { command, rest: [...before, ...rest.slice(length)] };
  }
  throw wrongUse(words.length === 0 ? 'a command is missing' : `there is no command "${words.join(' ')}"`);
}

function parse(command: Command, rest: string[]) {
  try {
    const options = { ...command.options, json: { type: 'boolean' as const } };
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
    return { values: values as Record<string, string | boolean | undefined>, words: positionals };
  } catch (error) {
    throw wrongUse((error as Error).message);
  }
}

async function run(args: string[]): Promise<Answer & { asJson: boolean }> {
  const { command, rest } = commandFor(args);
  const { values, words } = parse(command, rest);
  const config = processConfig();
  // Answers go to stdout; what a command has to log goes where progress goes.
  const logger = createLogger({
    level: config.logLevel === 'info' ? 'warn' : config.logLevel,
    destination: process.stderr,
  });
  const core = await createCore(config, { logger, asItIs: command.asItIs });
  try {
    return { ...(await command.run({ core, values, words })), asJson: values.json === true };
  } finally {
    await core.db.close();
  }
}

/** Exit codes: 0 done, 1 the check failed or rows were refused, 2 wrong use. */
async function main(): Promise<number> {
  const args = process.argv.slice(2);
  if (args[0] === 'help' || args[0] === '--help') {
    process.stdout.write(`${help()}\n`);
    return 0;
  }
  try {
    const { json, text, code = 0, asJson } = await run(args);
    process.stdout.write(asJson ? `${JSON.stringify(json)}\n` : text === '' ? '' : `${text}\n`);
    return code;
  } catch (error) {
    const usage = isAppError(error, 'cli.usage');
    const message = isAppError(error) ? error.message : ((error as Error).stack ?? String(error));
    process.stderr.write(`${message}\n${usage ? `${help()}\n` : ''}`);
    return usage || (isAppError(error) && error.status < 500) || isAppError(error, 'config.invalid') ? 2 : 1;
  }
}

process.exitCode = await main();
