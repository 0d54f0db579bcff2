import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../hosts/provider.tsx';
import styles from './toast.module.css';

type Undo = { label: string; act: () => void };
type Said = { text: string; isError: boolean; undo: Undo | null };
type Say = (text: string, options?: { isError?: boolean; undo?: Undo }) => void;

const ToastContext = createContext<Say | null>(null);
const SHOWN_MS = 6_000;

/** Says things in passing: by the host where it can, else here, in a live region. What can be undone is always said here. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const host = useHost();
  const { t } = useTranslation();
  const [said, setSaid] = useState<Said | null>(null);
  const say = useCallback<Say>(
    (text, { isError = false, undo } = {}) => {
      if (host.toast && undo === undefined) host.toast(text, { isError });
      else setSaid({ text, isError, undo: undo ?? null });
    },
    [host],
  );
  useEffect(() => {
    if (said === null) return;
    const timer = window.setTimeout(() => setSaid(null), said.undo ? SHOWN_MS * 2 : SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [said]);
  const undo = said?.undo;
  return (
    <ToastContext.Provider value={useMemo(() => say, [say])}>
      {children}
      <div className={styles.region} role="status" aria-live="polite">
        {said && (
          <div className={said.isError ? styles.error : styles.toast}>
            <span>{said.text}</span>
            {undo && (
              <button
                type="button"
                className={styles.button}
                onClick={() => {
                  setSaid(null);
                  undo.act();
                }}
              >
                {undo.label}
              </button>
            )}
            <button
              type="button"
              className={styles.button}
              aria-label={t('actions.close')}
              onClick={() => setSaid(null)}
            >
              ×
            </button>
          </div>
        )}
      </div>
    </ToastContext.Provider>
  );
}

/** Says something in passing, with a way to undo it where there is one. */
export function useToast(): Say {
  const say = useContext(ToastContext);
  if (!say) throw new Error('There is no toast provider around this.');
  return say;
}
