import { useTranslation } from 'react-i18next';
import { type LedgerLine, type useProfile, useReverse } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { BlockStack, Button, type Column, FigureTable, InlineStack, LoadedCard, Text } from '../../../ui/index.ts';
import styles from './parts.module.css';
import { useSay } from './use-say.ts';

/** Every movement of points, newest first; those by hand can be reversed. */
export function Ledger({ id, query }: { id: string; query: ReturnType<typeof useProfile> }) {
  const { t } = useTranslation('customer');
  return (
    <LoadedCard title={t('ledger.title')} query={query} lines={10}>
      {({ ledger }) =>
        ledger.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('ledger.none')}
          </Text>
        ) : (
          <BlockStack gap="300">
            <Lines id={id} lines={ledger} />
            {query.hasNextPage && (
              <InlineStack align="center">
                <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
                  {t('ledger.older')}
                </Button>
              </InlineStack>
            )}
          </BlockStack>
        )
      }
    </LoadedCard>
  );
}

function Lines({ id, lines }: { id: string; lines: readonly LedgerLine[] }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const moved = (key: 'available' | 'pending' | 'reserved'): Column<LedgerLine> => ({
    key,
    title: t(`ledger.columns.${key}`),
    numeric: true,
    csv: (line) => line[key],
    cell: (line) => <Moved points={line[key]} />,
  });
  const columns: Column<LedgerLine>[] = [
    {
      key: 'at',
      title: t('ledger.columns.at'),
      cell: ({ effectiveAt }) => format.instant(effectiveAt),
      csv: ({ effectiveAt }) => new Date(effectiveAt).toISOString(),
    },
    {
      key: 'what',
      title: t('ledger.columns.what'),
      csv: ({ kind }) => kind,
      cell: ({ kind, reverses }) => t(`ledger.kinds.${reverses === null ? kind : 'reversal'}`, { defaultValue: kind }),
    },
    ...(['available', 'pending', 'reserved'] as const).map(moved),
    {
      key: 'reason',
      title: t('ledger.columns.reason'),
      csv: ({ reason }) => reason,
      cell: (line) => <Reason id={id} line={line} />,
    },
  ];
  return (
    <FigureTable
      caption={t('ledger.title')}
      columns={columns}
      rows={lines}
      keyOf={({ seq }) => String(seq)}
      file="ledger"
    />
  );
}

function Moved({ points }: { points: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (points === 0) return <>{t('states.none')}</>;
  return <bdi className={points < 0 ? styles.minus : undefined}>{format.signed(points, 0)}</bdi>;
}

/** Why, and the way back from an adjustment by hand. */
function Reason({ id, line }: { id: string; line: LedgerLine }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const reverse = useReverse(id);
  const say = useSay();
  const { reason, adjustmentId, reversedBy, available } = line;
  return (
    <span className={styles.reason}>
      {reason !== null && <bdi className={styles.note}>{reason}</bdi>}
      {reversedBy !== null && <span className={styles.quiet}>{t('ledger.reversed')}</span>}
      {adjustmentId !== null && reversedBy === null && (
        <Button
          variant="plain"
          loading={reverse.isPending}
          accessibilityLabel={t('ledger.reverseOf', { points: format.signed(available, 0) })}
          onClick={() =>
            reverse.mutate(adjustmentId, { onSuccess: () => say.done(t('adjust.undone')), onError: say.failed })
          }
        >
          {t('ledger.reverse')}
        </Button>
      )}
    </span>
  );
}
