import { useTranslation } from 'react-i18next';
import { type Happening, useTimeline } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { BlockStack, Button, Card, InlineStack, Loaded, Text } from '../../../ui/index.ts';
import { NoteEntry } from './note-entry.tsx';
import { NoteForm } from './note-form.tsx';
import styles from './parts.module.css';
import { useHappeningWords } from './use-happening-words.ts';

/** What happened with the customer, newest first, and notes of one's own among it. */
export function Timeline({ id }: { id: string }) {
  const { t } = useTranslation('customer');
  const query = useTimeline(id);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('timeline.title')}
        </Text>
        <NoteForm id={id} />
        <Loaded query={query} lines={12}>
          {(items) =>
            items.length === 0 ? (
              <Text as="p" tone="subdued">
                {t('timeline.none')}
              </Text>
            ) : (
              <ol className={styles.list}>
                {items.map((item) => (
                  <Entry key={item.id} customer={id} item={item} />
                ))}
              </ol>
            )
          }
        </Loaded>
        {query.hasNextPage && (
          <InlineStack align="center">
            <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
              {t('timeline.older')}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}

function Entry({ customer, item }: { customer: string; item: Happening }) {
  const format = useFormat();
  const wordsOf = useHappeningWords();
  if (item.kind === 'note') return <NoteEntry customer={customer} item={item} />;
  const { text, detail } = wordsOf(item);
  return (
    <li className={styles.item}>
      <span className={styles.note}>{text}</span>
      <span className={styles.quiet}>
        <time dateTime={new Date(item.at).toISOString()}>{format.instant(item.at)}</time>
        {detail !== null && (
          <>
            {' · '}
            <bdi>{detail}</bdi>
          </>
        )}
      </span>
    </li>
  );
}
