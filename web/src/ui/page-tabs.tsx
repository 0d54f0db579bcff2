import { Badge } from '@shopify/polaris';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { useDirection } from '../i18n/direction.ts';
import styles from './page-tabs.module.css';

type Tab<T extends string> = { id: T; title: string; badge?: string };

/** Which part of a page is shown, from the address (`?tab=…`); the first where it names none. */
export function useTab<T extends string>(ids: readonly [T, ...T[]]): { tab: T; choose: (next: T) => void } {
  const [params, setParams] = useSearchParams();
  const tab = ids.find((id) => id === params.get('tab')) ?? ids[0];
  const choose = (next: T): void =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      after.set('tab', next);
      return after;
    });
  return { tab, choose };
}

type Props<T extends string> = {
  /** Names the row of tabs for screen readers. */
  label: string;
  tabs: readonly Tab<T>[];
  shown: T;
  onChoose: (id: T) => void;
  children: ReactNode;
};

/** The parts of a page, one of them shown. Arrows move between them, in the direction in which the page is read. */
export function PageTabs<T extends string>({ label, tabs, shown, onChoose, children }: Props<T>) {
  const direction = useDirection();
  const row = useRef<HTMLDivElement>(null);
  // Opened by a link, the tab may lie outside of what a phone shows of the row.
  useEffect(() => {
    const tab = row.current?.querySelector(`[data-tab="${shown}"]`);
    tab?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [shown]);
  const move = (event: KeyboardEvent): void => {
    const forward = direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const at = tabs.findIndex(({ id }) => id === shown);
    const places: Record<string, number> = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: tabs.length - 1 };
    const place = places[event.key];
    const next = place === undefined ? undefined : tabs.at(place % tabs.length);
    if (!next) return;
    event.preventDefault();
    onChoose(next.id);
    row.current?.querySelector<HTMLButtonElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div className={styles.frame}>
      <div ref={row} role="tablist" aria-label={label} className={styles.row} onKeyDown={move}>
        {tabs.map(({ id, title, badge }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            data-tab={id}
            aria-selected={id === shown}
            aria-controls="tab-panel"
            tabIndex={id === shown ? 0 : -1}
            className={styles.tab}
            onClick={() => onChoose(id)}
          >
            {title}
            {badge !== undefined && <Badge tone="attention">{badge}</Badge>}
          </button>
        ))}
      </div>
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${shown}`}>
        {children}
      </div>
    </div>
  );
}
