import type { SandboxApp } from '../../../tools/sandbox-app.ts';
import { openDatabase } from '../../db/open.ts';
import { type Fault, type Note, noteKind, notePort } from '../../effects/effects.fixtures.ts';
import type { EffectPort } from '../../effects/effects.port.ts';
import { owe } from '../../effects/effects.usecases.ts';
import { effectsIn, releaseEffects } from '../../effects/manage.usecases.ts';
import { createEffects } from '../../effects/perform.usecases.ts';
import { reactions } from '../../reactions.ts';
import { systemClock } from '../../shared/clock.ts';
import { randomIds } from '../../shared/ids.ts';
import { createLogger } from '../../shared/logger.ts';
import { inShop } from '../../shops/scope.usecases.ts';

const SHOP = 1;
const KIND = 'browser.note';

/**
 * A worker beside the app, on the same database: it alone has the port of its kind, so that what is owed, how it fails and
 * whether it is done at last is this test's to say.
 */
export function openWorker({ database }: SandboxApp) {
  const db = openDatabase(`file:${database}`);
  const deps = {
    db,
    clock: systemClock,
    ids: randomIds(systemClock),
    reactions,
    logger: createLogger({ level: 'silent' }),
  };
  // What cannot be asked about, and is not safe to repeat: a lost answer leaves it to a person.
  const { port, outside } = notePort(KIND, { askable: false, repeatable: false });
  const effects = createEffects(deps, [port as EffectPort]);
  /** Does what is owed now. The app, which knows nothing of this kind, may have put it off meanwhile. */
  const work = async (): Promise<void> => {
    await inShop(deps, SHOP, (scope) => releaseEffects(scope, KIND));
    await effects.drain(SHOP);
    await effects.idle();
  };
  /** Owes a note and works until it has come to a state. */
  const come = async (note: Note, state: 'failed' | 'doubtful' | 'done', fault?: Fault): Promise<void> => {
    if (fault) outside.fail(fault);
    const owed = { occasion: [note.text], payload: note, customerId: null };
    const { id } = await inShop(deps, SHOP, (scope) => owe(scope, noteKind(KIND), owed));
    for (;;) {
      const rows = await effectsIn(deps, SHOP, { states: [state], before: null, limit: 100 });
      if (rows.some((row) => row.id === id)) return;
      await work();
    }
  };
  return { kind: KIND, come, seen: outside.seen, close: () => db.close() };
}
