import { useTranslation } from 'react-i18next';
import { PAGE_SIZE, useCustomers } from '../../api/customers.ts';
import { useFormat } from '../../format/provider.tsx';
import { BlockStack, Button, Card, Empty, InlineStack, Loaded, Page, Text } from '../../ui/index.ts';
import styles from './customers.module.css';
import { Filters } from './filters.tsx';
import { CustomerList } from './list.tsx';
import { useWanted } from './use-wanted.ts';

/** Everybody who bought or registered: found by words, segment, tier or group. */
export default function Customers() {
  const { t } = useTranslation('customers');
  const { filters, wanted, range, page, hasCursor, change, goTo, back } = useWanted();
  const query = useCustomers(wanted);
  const format = useFormat();
  const filtered = Object.keys(filters).length > 0;
  return (
    <Page title={t('title')}>
      <Card>
        <BlockStack gap="400">
          <Filters filters={filters} range={range} onChange={change} />
          <Text as="p" tone="subdued">
            {typeof query.data?.total === 'number'
              ? t('total', { count: query.data.total, n: format.count(query.data.total) })
              : t('newest')}
          </Text>
          <div className={styles.list}>
            <Loaded query={query} lines={PAGE_SIZE}>
              {({ items, nextCursor }) =>
                items.length > 0 ? (
                  <CustomerList items={items} older={query.isPlaceholderData} />
                ) : (
                  <NobodyHere
                    filtered={filtered}
                    onFurther={nextCursor === null ? null : () => goTo(nextCursor)}
                    onClear={() => change({ query: '', segment: '', tier: '', group: '' })}
                  />
                )
              }
            </Loaded>
          </div>
          <Pager
            page={page}
            onBack={hasCursor ? back : null}
            onNext={query.data?.nextCursor && !query.isPlaceholderData ? () => goTo(query.data.nextCursor) : null}
          />
        </BlockStack>
      </Card>
    </Page>
  );
}

type Nobody = { filtered: boolean; onFurther: (() => void) | null; onClear: () => void };

function NobodyHere({ filtered, onFurther, onClear }: Nobody) {
  const { t } = useTranslation('customers');
  if (onFurther) {
    const action = { label: t('lookOn.action'), onClick: onFurther };
    return <Empty title={t('lookOn.title')} text={t('lookOn.text')} action={action} />;
  }
  if (filtered) {
    const action = { label: t('clear'), onClick: onClear };
    return <Empty title={t('emptyFilter.title')} text={t('emptyFilter.text')} action={action} />;
  }
  const action = { label: t('emptyShop.action'), url: '/activity' };
  return <Empty title={t('emptyShop.title')} text={t('emptyShop.text')} action={action} />;
}

type PagerProps = { page: number; onBack: (() => void) | null; onNext: (() => void) | null };

function Pager({ page, onBack, onNext }: PagerProps) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return (
    <nav aria-label={t('pages')}>
      <InlineStack align="center" blockAlign="center" gap="400">
        <Button disabled={!onBack} onClick={() => onBack?.()}>
          {onBack && page === 0 ? t('firstPage') : t('previousPage')}
        </Button>
        <Text as="span" tone="subdued">
          {onBack && page === 0 ? '…' : t('page', { n: format.count(page + 1) })}
        </Text>
        <Button disabled={!onNext} onClick={() => onNext?.()}>
          {t('nextPage')}
        </Button>
      </InlineStack>
    </nav>
  );
}
