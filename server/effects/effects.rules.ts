import { isAppError } from '../shared/errors.ts';
import { afterFailure, type RetryPolicy } from '../work/retry.rules.ts';
import { NotSent } from './effects.errors.ts';
import type { Asked, Ended, Performed, Why } from './effects.port.ts';

/** What is decided by: a row. */
export type Facts = {
  happened: 'no' | 'maybe' | 'restored' | 'yes';
  payload: unknown;
  unwanted: Why | null;
  attempts: number;
  notBefore: number;
};
/** And its port. */
export type Ability = { askable: boolean; repeatable: boolean; retry: RetryPolicy; settleMs: number };

export type Change =
  | { to: 'ended'; ended: Ended }
  | ({ to: 'doubtful' } & Why)
  | ({ to: 'queued'; at: number; happened: Facts['happened']; attempts: number } & Partial<Why>);

export type Step = { do: 'perform' | 'ask' } | ({ do?: undefined } & Extract<Change, { to: 'ended' | 'doubtful' }>);

export const ERASED: Why = { code: 'effects.erased', reason: 'The customer was erased.' };
export const SUPERSEDED: Why = { code: 'effects.superseded', reason: 'Something newer took its place.' };
const FORGOTTEN: Why = { code: 'effects.forgotten', reason: 'What was to be done is not kept any more.' };
/** After a lost answer, how long a provider may still be at it. */
export const SETTLE_MS = 30_000;

const DOUBTFUL: Why = {
  code: 'effects.doubtful',
  reason:
    'The answer was lost: it may have happened or not, and doing it again could do it twice. Look there, then say whether it happened or is to be done again.',
};
const LOST: Why = {
  code: 'effects.answer_lost',
  reason: 'The answer was lost: it may have happened or not.',
};

const withdrawn = (why: Why): Extract<Change, { to: 'ended' }> => ({
  to: 'ended',
  ended: { state: 'withdrawn', code: why.code, reason: why.reason },
});
const doubtful = (why: Why = DOUBTFUL): Extract<Change, { to: 'doubtful' }> => ({
  to: 'doubtful',
  code: why.code,
  reason: why.reason,
});
const done = ({ payload, unwanted }: Facts, answer: unknown): Extract<Change, { to: 'ended' }> => ({
  to: 'ended',
  // Whose payload was forgotten has no answer that is kept.
  ended: { state: 'done', answer: payload === null ? null : (answer ?? null), unwanted },
});

/** What was known of a row whose worker died in the middle is known no more. */
export const afterDeath = (happened: Facts['happened']): Facts['happened'] => (happened === 'no' ? 'maybe' : happened);

/** Whatever came of it, the newer one sets the state anew. */
const isSuperseded = ({ unwanted }: Facts): boolean => unwanted?.code === SUPERSEDED.code;
const unlessSuperseded = (row: Facts, change: Change): Change =>
  isSuperseded(row) && change.to !== 'ended' ? withdrawn(SUPERSEDED) : change;

/** What is to be done about a row that is due. */
export function nextStep(row: Facts, port: Pick<Ability, 'askable' | 'repeatable'>): Step {
  if (row.happened === 'yes') return done(row, null);
  if (isSuperseded(row)) return withdrawn(SUPERSEDED);
  if (row.payload === null) return withdrawn(row.unwanted ?? FORGOTTEN);
  if (row.happened === 'no') return row.unwanted === null ? { do: 'perform' } : withdrawn(row.unwanted);
  if (port.askable) return { do: 'ask' };
  // A provider's memory of keys may not reach as far back as a backup, and nothing unwanted is done to learn of it.
  const again = port.repeatable && row.happened === 'maybe' && row.unwanted === null;
  return again ? { do: 'perform' } : doubtful();
}

type Outcome<R> = { ok: true; result: R } | { ok: false; error: unknown };

/**
 * What an attempt to do it comes to.
 * @param row as it is now, the attempt counted
 */
export const afterPerforming = (row: Facts, port: Ability, outcome: Outcome<Performed>, now: number): Change =>
  unlessSuperseded(row, performed(row, port, outcome, now));

/** What a question comes to. */
export const afterAsking = (row: Facts, port: Ability, outcome: Outcome<Asked>, now: number): Change =>
  unlessSuperseded(row, asked(row, port, outcome, now));

function performed(row: Facts, port: Ability, outcome: Outcome<Performed>, now: number): Change {
  if (outcome.ok) {
    const { result } = outcome;
    if (result.outcome === 'done') return done(row, result.answer);
    return { to: 'ended', ended: { state: 'failed', code: result.code, reason: result.reason } };
  }
  const { error } = outcome;
  const { attempts, notBefore: since } = row;
  const surely = error instanceof NotSent && row.happened === 'no';
  if (surely && row.unwanted !== null) return withdrawn(row.unwanted);
  if (error instanceof NotSent) {
    const verdict = afterFailure(port.retry, { attempts, since, inMs: error.inMs }, error, now);
    const { code, reason } = verdict;
    if (verdict.again) return { to: 'queued', at: verdict.at, happened: row.happened, attempts, code, reason };
    return surely ? { to: 'ended', ended: { state: 'failed', code, reason } } : doubtful();
  }
  if (row.payload === null) return withdrawn(row.unwanted ?? FORGOTTEN);
  const later = { to: 'queued' as const, happened: 'maybe' as const, attempts, code: LOST.code, reason: LOST.reason };
  if (port.askable) return { ...later, at: now + port.settleMs };
  if (!port.repeatable || row.unwanted !== null) return doubtful();
  const verdict = afterFailure({ ...port.retry, hopeless: () => false }, { attempts, since }, error, now);
  return verdict.again ? { ...later, at: Math.max(verdict.at, now + port.settleMs) } : doubtful();
}

function asked(row: Facts, port: Ability, outcome: Outcome<Asked>, now: number): Change {
  const { attempts, notBefore: since } = row;
  const answer = outcome.ok ? outcome.result : { outcome: 'unknown' as const };
  if (answer.outcome === 'done') return done(row, answer.answer);
  if (answer.outcome === 'not-done') {
    if (row.unwanted !== null) return withdrawn(row.unwanted);
    // The question was no attempt.
    const made = attempts - 1;
    const most = port.retry.most ?? port.retry.pauses.length + 1;
    const late = port.retry.withinMs !== undefined && now > since + port.retry.withinMs;
    if (made >= most || late) return { to: 'ended', ended: { state: 'failed', code: LOST.code, reason: NOT_DONE } };
    return { to: 'queued', at: now, happened: 'no', attempts: made };
  }
  if (row.payload === null) return withdrawn(row.unwanted ?? FORGOTTEN);
  const error = outcome.ok || !isAppError(outcome.error) ? new Error(LOST.code) : outcome.error;
  const verdict = afterFailure({ ...port.retry, hopeless: () => false }, { attempts, since }, error, now);
  if (!verdict.again) return doubtful();
  return { to: 'queued', at: verdict.at, happened: row.happened, attempts, code: LOST.code, reason: LOST.reason };
}

const NOT_DONE = 'It was tried several times and did not happen.';
