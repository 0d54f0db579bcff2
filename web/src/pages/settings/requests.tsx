import { useTranslation } from 'react-i18next';
import { type DataRequest, useDataRequests } from '../../api/files.ts';
import { useFormat } from '../../format/provider.tsx';
import { Button, type Column, Empty, FigureTable, InlineStack, Loaded, PageSection } from '../../ui/index.ts';
import { useDownload } from './use-download.ts';

const FORMATS = ['json', 'csv'] as const;

/** What customers asked to see of their data, ready to be handed over. */
export function DataRequests() {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const columns: Column<DataRequest>[] = [
    { key: 'made', title: t('requests.made'), cell: ({ createdAt }) => format.instant(createdAt) },
    { key: 'from', title: t('requests.from.name'), cell: ({ askedBy }) => t(`requests.from.${askedBy}`) },
    { key: 'customer', title: t('requests.customer'), cell: ({ customer }) => <Customer customer={customer} /> },
    { key: 'files', title: t('requests.files'), cell: (request) => <Files request={request} /> },
  ];
  return (
    <PageSection title={t('requests.title')} text={t('requests.text')}>
      <Loaded query={useDataRequests()} lines={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('requests.noneTitle')} text={t('requests.noneText')} />
          ) : (
            <FigureTable caption={t('requests.title')} columns={columns} rows={items} keyOf={({ id }) => id} />
          )
        }
      </Loaded>
    </PageSection>
  );
}

function Customer({ customer }: { customer: string | null }) {
  const { t } = useTranslation('settings');
  if (customer === null) return t('requests.stranger');
  return (
    <Button variant="plain" url={`/customers/${customer}`}>
      {t('requests.toCustomer')}
    </Button>
  );
}

function Files({ request: { id, createdAt } }: { request: DataRequest }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { running, start } = useDownload();
  return (
    <InlineStack gap="200" wrap={false}>
      {FORMATS.map((kind) => (
        <Button
          key={kind}
          size="slim"
          loading={running?.endsWith(kind) ?? false}
          accessibilityLabel={t('requests.download', {
            format: kind.toUpperCase(),
            at: format.instant(createdAt),
          })}
          onClick={() => start(`/exports/${id}/${kind}`, `${id}.${kind}`)}
        >
          {kind.toUpperCase()}
        </Button>
      ))}
    </InlineStack>
  );
}
