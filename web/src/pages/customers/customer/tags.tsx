import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeTags } from '../../../api/customer.ts';
import { BlockStack, Button, InlineStack, LoadedCard, Tag, Text, TextField } from '../../../ui/index.ts';
import type { ProfileQuery } from './contact.tsx';
import styles from './parts.module.css';
import { useSay } from './use-say.ts';

const isTag = (text: string): boolean => /^[^\p{Cc}\p{Cs},]{1,40}$/u.test(text);

/** The customer's tags: added by a word, taken off by a click that can be undone. */
export function Tags({ id, query }: ProfileQuery & { id: string }) {
  const { t } = useTranslation('customer');
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | undefined>();
  const change = useChangeTags(id);
  const say = useSay();
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const tag = typed.trim();
    if (isTag(tag)) change.mutate({ add: [tag] }, { onSuccess: () => setTyped(''), onError: say.failed });
    else setError(t('tags.bad'));
  };
  const remove = (tag: string): void => {
    const undo = () => change.mutate({ add: [tag] }, { onError: say.failed });
    change.mutate({ remove: [tag] }, { onSuccess: () => say.done(t('tags.removed'), undo), onError: say.failed });
  };
  return (
    <LoadedCard title={t('tags.title')} query={query} lines={3}>
      {({ tags }) => (
        <BlockStack gap="300">
          {tags.length === 0 ? (
            <Text as="p" tone="subdued">
              {t('tags.none')}
            </Text>
          ) : (
            <InlineStack gap="200">
              {tags.map((tag) => (
                <Tag key={tag} onRemove={() => remove(tag)} accessibilityLabel={t('tags.remove', { tag })}>
                  {tag}
                </Tag>
              ))}
            </InlineStack>
          )}
          <form onSubmit={add} className={styles.inline}>
            <TextField
              label={t('tags.label')}
              value={typed}
              onChange={(next) => {
                setTyped(next);
                setError(undefined);
              }}
              autoComplete="off"
              maxLength={40}
              error={error}
            />
            <Button submit loading={change.isPending} disabled={typed.trim() === ''}>
              {t('tags.add')}
            </Button>
          </form>
        </BlockStack>
      )}
    </LoadedCard>
  );
}
