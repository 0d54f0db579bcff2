import { useCallback, useEffect, useState } from 'react';
import { ApiError } from '../../api/client.ts';
import { type ProgramRules, type ProgramVersion, useProgram, useSaveProgram } from '../../api/program.ts';
import { same } from './draft.rules.ts';

/**
 * The program as the merchant has changed it, over the version that they began from. What somebody else saves meanwhile
 * replaces an unchanged draft, and is a conflict with a changed one.
 */
export function useDraft(inForce: ProgramVersion) {
  const [base, setBase] = useState(inForce);
  const [rules, setRules] = useState(inForce.rules);
  const { refetch } = useProgram();
  const save = useSaveProgram();
  const dirty = !same(rules, base.rules);
  const begin = useCallback((version: ProgramVersion) => {
    setBase(version);
    setRules(version.rules);
  }, []);
  useEffect(() => {
    if (inForce.version !== base.version && !dirty) begin(inForce);
  }, [inForce, base.version, dirty, begin]);
  const refused = save.error instanceof ApiError && save.error.code === 'program.changed';
  const loadNewest = async (): Promise<void> => {
    const { data } = await refetch();
    if (!data) return;
    save.reset();
    begin(data);
  };
  return {
    base,
    rules,
    dirty,
    saving: save.isPending,
    conflict: refused || (dirty && inForce.version > base.version),
    error: refused ? null : save.error,
    change: (next: (now: ProgramRules) => ProgramRules) => setRules(next),
    discard: () => {
      save.reset();
      setRules(base.rules);
    },
    loadNewest,
    save: (done: (saved: ProgramVersion) => void) =>
      save.mutate(
        { rules, version: base.version },
        {
          onSuccess: (saved) => {
            begin(saved);
            done(saved);
          },
        },
      ),
  };
}
export type Draft = ReturnType<typeof useDraft>;
