import { Tabs } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import styles from './page-tabs.module.css';

type Tab = { id: string; title: string; badge?: string };

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

/** The parts of a page, one of them shown. */
export function PageTabs<T extends string>({
  tabs,
  shown,
  onChoose,
  children,
}: {
  tabs: readonly (Tab & { id: T })[];
  shown: T;
  onChoose: (id: T) => void;
  children: ReactNode;
}) {
  const selected = Math.max(
    0,
    tabs.findIndex(({ id }) => id === shown),
  );
  return (
    <div className={styles.frame}>
      <Tabs
        tabs={tabs.map(({ id, title, badge }) => ({
          ...{ id: `tab-${id}`, content: title, panelID: `panel-${id}` },
          ...(badge === undefined ? {} : { badge }),
        }))}
        selected={selected}
        onSelect={(index) => {
          const next = tabs[index];
          if (next) onChoose(next.id);
        }}
      >
        <div className={styles.panel}>{children}</div>
      </Tabs>
    </div>
  );
}
