import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { CustomerLine } from '../../api/customers.ts';
import { useFormat } from '../../format/provider.tsx';
import { type Column, FigureTable } from '../../ui/index.ts';
import styles from './customers.module.css';
import { useLevels } from './use-levels.ts';

/** Customers as a table; its file holds the same lines. */
export function CustomerList({ items, older }: { items: readonly CustomerLine[]; older: boolean }) {
  const { t } = useTranslation('customers');
  const { t: common } = useTranslation();
  const format = useFormat();
  const { search } = useLocation();
  const { nameOf } = useLevels();
  const none = common('states.none');
  const columns: Column<CustomerLine>[] = [
    {
      key: 'name',
      title: t('columns.name'),
      csv: ({ name }) => name,
      cell: ({ id, name }) => (
        <Link className={styles.link} to={`/customers/${encodeURIComponent(id)}`} state={{ list: search }}>
          {name === null ? t('nameless') : <bdi>{name}</bdi>}
        </Link>
      ),
    },
    {
      key: 'email',
      title: t('columns.email'),
      csv: ({ email }) => email,
      cell: ({ email }) => (email === null ? none : <bdi dir="ltr">{email}</bdi>),
    },
    {
      key: 'points',
      title: t('columns.points'),
      numeric: true,
      csv: ({ points }) => points,
      cell: ({ points }) => format.count(points),
    },
    {
      key: 'tier',
      title: t('columns.tier'),
      csv: ({ tier }) => tier,
      cell: ({ tier }) => (tier === null ? none : <bdi>{nameOf(tier)}</bdi>),
    },
    {
      key: 'orders',
      title: t('columns.orders'),
      numeric: true,
      csv: ({ orders }) => orders,
      cell: ({ orders }) => format.count(orders),
    },
    {
      key: 'revenue',
      title: t('columns.revenue'),
      numeric: true,
      csv: ({ revenue }) => revenue,
      cell: ({ revenue }) => format.money(revenue),
    },
  ];
  return (
    <div className={older ? styles.older : undefined} aria-busy={older}>
      <FigureTable caption={t('caption')} columns={columns} rows={items} keyOf={({ id }) => id} file="customers" />
    </div>
  );
}
