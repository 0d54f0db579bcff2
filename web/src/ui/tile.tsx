import { Link } from '@shopify/polaris';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Definition } from './definition.tsx';
import { type Change, Delta } from './delta.tsx';
import styles from './tile.module.css';

type Props = {
  name: string;
  /** As it is shown; null: not known, undefined: on its way. */
  value: string | null | undefined;
  /** What the value is of, where that is not the range chosen. */
  of?: string | undefined;
  change?: { change: Change | null; against: string } | undefined;
  spark?: ReactNode;
  definition: string;
  /** A published band beside the figure, and where it comes from: never the shop's own. */
  band?: { text: string; source: string } | undefined;
  /** The customers behind the figure. */
  customers?: string | undefined;
};

/** One figure: what it is, how it moved, how it is counted, and who stands behind it. As high while it loads as after. */
export function Tile({ name, value, of, change, spark, definition, band, customers }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className={styles.tile} aria-labelledby={id} aria-busy={value === undefined}>
      <div className={styles.head}>
        <h3 id={id} className={styles.name}>
          {name}
        </h3>
        <Definition of={name} text={definition} {...(band ? { source: band.source } : {})} />
      </div>
      <div className={styles.figure}>
        {value === undefined ? (
          <span className={styles.waiting} />
        ) : (
          <span className={styles.value}>{value ?? t('states.none')}</span>
        )}
        {spark}
      </div>
      <div className={styles.notes}>
        {of !== undefined && <p className={styles.note}>{of}</p>}
        {value !== undefined && change && <Delta {...change} />}
        {band && <p className={styles.note}>{band.text}</p>}
      </div>
      {customers !== undefined && (
        <Link url={customers} removeUnderline accessibilityLabel={`${t('actions.showCustomers')}: ${name}`}>
          {t('actions.showCustomers')}
        </Link>
      )}
    </section>
  );
}

/** Tiles side by side, as many as there is room for. */
export function Tiles({ children }: { children: ReactNode }) {
  return <div className={styles.tiles}>{children}</div>;
}
