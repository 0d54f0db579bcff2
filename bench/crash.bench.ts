// Nothing that was answered 200 is lost or doubled when the app is killed (kill -9) at random moments under load. Half of
// the rounds run on SQLite, half on PostgreSQL with durable commits; there only the app is killed.
import { startPostgres } from '../tools/postgres.ts';
import { answer, check, environment, machine, newShop, option, round, run, tempFolder } from './lib.ts';

const rounds = option('rounds', 200);
/** Which moments and retries: the same seed kills after the same delays. */
const SEED = 20_261_122;

type Crashes = {
  rounds: number;
  tried: number;
  answered: number;
  applied: number;
  transactions: number;
  ledgerOk: boolean;
  waitingAfterLastKill: number;
  settledInSeconds: number;
  faults: string[];
};

async function crashes(name: string, url: string, count: number): Promise<Crashes> {
  const env = environment(url, { LOG_LEVEL: 'silent' });
  await newShop(env);
  return run<Crashes>('bench/crash.run.ts', [String(count), String(SEED), name], env);
}

async function onPostgres(count: number): Promise<Crashes> {
  const postgres = await startPostgres({ durable: true });
  try {
    return await crashes('PostgreSQL', postgres.url, count);
  } finally {
    await postgres.stop();
  }
}

const half = Math.ceil(rounds / 2);
// Side by side: each start of the app keeps one core busy for a second.
const [sqlite, postgres] = await Promise.all([
  crashes('SQLite', `file:${tempFolder()}/crash.db`, half),
  onPostgres(Math.max(1, rounds - half)),
]);
const sum = (pick: (side: Crashes) => number): number => pick(sqlite) + pick(postgres);
const lost = sqlite.faults.length + postgres.faults.length;
const answered = sum((side) => side.answered);
answer({
  // Of what was answered 200, the part that is applied exactly once.
  ratio: lost === 0 ? 1 : round(1 - lost / answered, 4),
  unit: 'deliveries answered 200',
  ours: { kept: answered - lost },
  peer: { promised: answered },
  limit: null,
  rounds: sum((side) => side.rounds),
  answered,
  applied: sum((side) => side.applied),
  sqlite,
  postgres,
  machine: machine(),
});
check(lost === 0, [...sqlite.faults, ...postgres.faults].join('; '));
