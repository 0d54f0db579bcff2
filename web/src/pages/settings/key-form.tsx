import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyAsked, type KeyMade, useMakeKey } from '../../api/keys.ts';
import {
  Banner,
  BlockStack,
  Button,
  Card,
  Form,
  InlineGrid,
  InlineStack,
  Select,
  Text,
  TextField,
  useExplain,
} from '../../ui/index.ts';

const SCOPES = ['read', 'write', 'admin'] as const;

/** Makes a key: a name, and what it may do. */
export function KeyForm({ onMade }: { onMade: (made: KeyMade) => void }) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState('');
  const [scope, setScope] = useState<KeyAsked['scope']>('read');
  const [nameless, setNameless] = useState(false);
  const { mutate, isPending, error } = useMakeKey();
  const explain = useExplain();
  const make = (): void => {
    setNameless(name.trim() === '');
    if (name.trim() !== '') mutate({ name: name.trim(), scope }, { onSuccess: onMade });
  };
  return (
    <Card>
      <Form onSubmit={make}>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            {t('keys.newTitle')}
          </Text>
          {error && <Banner tone="critical">{explain(error)}</Banner>}
          <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
            <TextField
              label={t('keys.name')}
              helpText={t('keys.nameHelp')}
              value={name}
              onChange={setName}
              maxLength={80}
              autoComplete="off"
              {...(nameless ? { error: t('keys.nameMissing') } : {})}
            />
            <Select
              label={t('keys.scope')}
              options={SCOPES.map((value) => ({ value, label: t(`keys.scopes.${value}`) }))}
              value={scope}
              onChange={(value) => setScope(SCOPES.find((one) => one === value) ?? 'read')}
            />
          </InlineGrid>
          <InlineStack align="end">
            <Button submit loading={isPending}>
              {t('keys.make')}
            </Button>
          </InlineStack>
        </BlockStack>
      </Form>
    </Card>
  );
}
