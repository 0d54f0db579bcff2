import type { Scope } from '../shops/scope.ts';
import {
  createLeasedEngine,
  type EngineDeps,
  type Hold,
  LetGo,
  type Limits,
  type Outcome,
  type Queue,
} from '../work/leased.engine.ts';
import type { AnyPort, Asked, Effect, Ended, Performed, Why } from './effects.port.ts';
import { dueEffects, type EffectRow, findEffect, nextDueOf, putOff, updateEffect } from './effects.repository.ts';
import {
  type Ability,
  afterAsking,
  afterDeath,
  afterPerforming,
  type Change,
  nextStep,
  SETTLE_MS,
} from './effects.rules.ts';
import { endOf, letNextGo } from './effects.usecases.ts';

/** Longer than any call and what a provider may still be at afterwards: a dead worker's effect is asked about after this. */
const LEASE_MS = 90_000;
const TIMEOUT_MS = 20_000;
/** What waits for its shop is looked at again. */
const WAIT_MS = 3_600_000;

const LIMITS: Limits = { perShop: 4, perProcess: 100, sliceMs: 1_000, patienceMs: 300 };

const NO_PORT: Why = {
  code: 'effects.not_connected',
  reason: 'Bazgasht is not connected to where this is done. It goes on by itself once it is.',
};
const GONE: Why = { code: 'effects.erased', reason: 'The shop was erased.' };
const UNREADABLE: Why = { code: 'effects.unreadable', reason: 'This version cannot use what was to be done.' };

const queue: Queue<EffectRow> = {
  leaseOf: ({ id, fence, attempts }) => ({ id, fence, attempts }),
  due: dueEffects,
  nextDue: nextDueOf,
  find: findEffect,
  hold: (scope, id, { fence, until, attempts }) =>
    updateEffect(scope, id, { state: 'doing', fence, dueAt: until, attempts, waits: null }),
  renew: (scope, id, until) => updateEffect(scope, id, { dueAt: until }),
};

const abilityOf = ({ ask, repeatable, retry, settleMs = SETTLE_MS }: AnyPort): Ability => ({
  askable: ask !== undefined,
  repeatable,
  retry,
  settleMs,
});

const viewOf = ({ id, key, payload, customerId, ownerKind, ownerId }: EffectRow): Effect<unknown> => ({
  id,
  key,
  payload,
  customerId,
  owner: ownerKind === null || ownerId === null ? null : { kind: ownerKind, id: ownerId },
});

/** The owner learns it in the transaction that records it; then the subject's next one may go. */
async function end(scope: Scope, port: AnyPort, row: EffectRow, ended: Ended, unsettled = false): Promise<void> {
  await updateEffect(scope, row.id, endOf(ended, scope.now));
  await port.onEnded?.(scope, viewOf(row), ended);
  await letNextGo(scope, row.subject, unsettled ? abilityOf(port).settleMs : 0);
}

async function apply(scope: Scope, port: AnyPort, row: EffectRow, change: Change, unsettled: boolean): Promise<void> {
  if (change.to === 'ended') {
    return end(scope, port, row, change.ended, unsettled && change.ended.state === 'withdrawn');
  }
  const { code = null, reason = null } = change;
  const shown = { fence: null, errorCode: code, reason };
  if (change.to === 'doubtful') {
    return updateEffect(scope, row.id, { ...shown, state: 'doubtful', happened: 'maybe', dueAt: null });
  }
  const { at, happened, attempts } = change;
  return updateEffect(scope, row.id, { ...shown, state: 'queued', dueAt: at, happened, attempts });
}

/** What came of a call. A question and an attempt each have their own answers. */
type Done = Performed | Asked;

/** A row as it stands after the death of whoever held it. */
const found = (row: EffectRow, dead: boolean): EffectRow =>
  dead ? { ...row, happened: afterDeath(row.happened) } : row;

export type Effects = ReturnType<typeof createEffects>;

/**
 * Does what is owed to the world, shop by shop: `drain` for the topic `effects`, `stop` before the database closes.
 * @param ports one for each kind; effects of a kind without one wait
 */
export function createEffects(deps: EngineDeps, ports: readonly AnyPort[], limits: Limits = LIMITS) {
  const byKind = new Map(ports.map((port) => [port.kind.name, port]));
  const portOf = (row: EffectRow): AnyPort | undefined => byKind.get(row.kind);
  /** Whether a row, as it was when it was due, is asked about rather than done. */
  const isQuestion = (row: EffectRow, port: AnyPort): boolean =>
    nextStep(found(row, row.fence !== null), abilityOf(port)).do === 'ask';

  /** Why nothing of the kind can be done in the shop now. */
  const keeps = async (scope: Scope, port: AnyPort | undefined): Promise<Why | null> =>
    port === undefined ? NO_PORT : ((await port.waits?.(scope)) ?? null);

  const admit = async (scope: Scope, row: EffectRow, dead: boolean): Promise<boolean> => {
    if (scope.shop.erasedAt !== null) {
      await updateEffect(scope, row.id, { ...endOf({ state: 'withdrawn', ...GONE }, scope.now), payload: null });
      return false;
    }
    const port = portOf(row);
    const { happened } = found(row, dead);
    const step = port && nextStep({ ...row, happened }, abilityOf(port));
    if (port && step && 'to' in step) {
      await apply(scope, port, row, step, happened !== 'no');
      return false;
    }
    const why = await keeps(scope, port);
    if (port === undefined || why !== null) {
      const { code, reason } = why ?? NO_PORT;
      const set = { waits: code, errorCode: code, reason, dueAt: scope.now + WAIT_MS };
      await updateEffect(scope, row.id, { ...set, state: 'queued', fence: null, happened });
      await putOff(scope, row.kind, set);
      return false;
    }
    if (!port.kind.payload.safeParse(row.payload).success) {
      await end(scope, port, row, { state: 'failed', code: UNREADABLE.code, reason: UNREADABLE.reason });
      return false;
    }
    if (dead) await updateEffect(scope, row.id, { happened });
    return true;
  };

  const work = async (row: EffectRow, { shop, attempt, signal }: Hold): Promise<Done> => {
    const port = portOf(row);
    if (!port) throw new LetGo();
    const call = { shop, payload: port.kind.payload.parse(row.payload), key: row.key, attempt, signal };
    return port.ask && isQuestion(row, port) ? port.ask(call) : port.perform(call);
  };

  const settle = async (scope: Scope, row: EffectRow, outcome: Outcome<Done>, claimed: EffectRow): Promise<void> => {
    const port = portOf(row);
    if (!port) return;
    const ability = abilityOf(port);
    const { now } = scope;
    if (!outcome.ok && outcome.error instanceof LetGo) {
      const change = { to: 'queued' as const, at: now, happened: row.happened, attempts: row.attempts - 1 };
      return apply(scope, port, row, change, false);
    }
    const change = isQuestion(claimed, port)
      ? afterAsking(row, ability, outcome as Outcome<Asked>, now)
      : afterPerforming(row, ability, outcome as Outcome<Performed>, now);
    return apply(scope, port, row, change, !outcome.ok || row.happened !== 'no');
  };

  const kind = {
    name: 'effects',
    queue,
    leaseMs: LEASE_MS,
    callMs: (row: EffectRow) => portOf(row)?.timeoutMs ?? TIMEOUT_MS,
    admit,
    work,
    settle,
  };
  return createLeasedEngine<EffectRow, Done>(deps, kind, limits);
}
