import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kpis } from '../../api/numbers.ts';
import type { Range } from '../../range/range.ts';
import { Link, Loaded, PageSection } from '../../ui/index.ts';
import styles from './insights.module.css';

/** What a part is of: the days chosen, and their numbers. */
export type Of = { query: UseQueryResult<Kpis>; range: Range | null };

/** One part of the page: what it shows and how it is counted are there at once, the figures follow in the same room. */
export function Part<T>({
  title,
  text,
  query,
  room,
  action,
  children,
}: {
  title: string;
  text: string;
  query: UseQueryResult<T>;
  /** The height that is kept while the figures are on their way, in rem. */
  room: number;
  action?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  return (
    <PageSection title={title} text={text} action={action} room={room}>
      <Loaded query={query} lines={12}>
        {children}
      </Loaded>
    </PageSection>
  );
}

/** A number that leads to the customers it counts; `what` says who they are. */
export function Who({ url, shown, what }: { url: string; shown: string; what: string }) {
  const { t } = useTranslation('insights');
  return (
    <Link url={url} removeUnderline accessibilityLabel={t('who', { shown, what })}>
      {shown}
    </Link>
  );
}

/** A share as a bar of that length, with its number. */
export function ShareBar({ share, shown }: { share: number | null; shown: string }) {
  return (
    <span className={styles.share}>
      <span className={styles.number}>{shown}</span>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.bar} style={{ inlineSize: `${Math.max(0, Math.min(1, share ?? 0)) * 100}%` }} />
      </span>
    </span>
  );
}

/** A figure with what it is, in a row of some. */
export function Facts({ facts }: { facts: readonly { name: string; value: string }[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the colours of a chart mean. */
export function Legend({ entries }: { entries: readonly { name: string; tone: 'primary' | 'secondary' | 'muted' }[] }) {
  return (
    <ul className={styles.legend}>
      {entries.map(({ name, tone }) => (
        <li key={name}>
          <span className={styles[tone]} aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  );
}
