import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiKey, type KeyMade, useKeys } from '../../api/keys.ts';
import { useFormat } from '../../format/provider.tsx';
import { Badge, Button, type Column, Empty, FigureTable, Loaded, PageSection } from '../../ui/index.ts';
import { KeyForm } from './key-form.tsx';
import { KeyShown } from './key-shown.tsx';
import { RevokeKey } from './revoke-key.tsx';

/** The shop's API keys: a list, a new one, and an end for any of them. */
export function Keys() {
  const { t } = useTranslation('settings');
  const [made, setMade] = useState<KeyMade | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <>
      {made ? <KeyShown made={made} onDone={() => setMade(null)} /> : <KeyForm onMade={setMade} />}
      <PageSection title={t('keys.title')} text={t('keys.text')}>
        <Loaded query={useKeys()}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t('keys.noneTitle')} text={t('keys.noneText')} />
            ) : (
              <KeyTable keys={items} onRevoke={setRevoking} />
            )
          }
        </Loaded>
      </PageSection>
      <RevokeKey revoking={revoking} onClose={() => setRevoking(null)} />
    </>
  );
}

function KeyTable({ keys, onRevoke }: { keys: ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const columns: Column<ApiKey>[] = [
    { key: 'name', title: t('keys.name'), cell: ({ name }) => <bdi>{name}</bdi> },
    { key: 'scope', title: t('keys.scope'), cell: ({ scope }) => t(`keys.scopes.${scope}`) },
    { key: 'made', title: t('keys.made'), cell: ({ createdAt }) => format.dayOfInstant(createdAt) },
    {
      key: 'used',
      title: t('keys.used'),
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('keys.never') : format.instant(lastUsedAt)),
    },
    {
      key: 'state',
      title: t('keys.state'),
      cell: (key) =>
        key.revokedAt === null ? (
          <Button
            variant="plain"
            tone="critical"
            accessibilityLabel={t('keys.revokeOne', { name: key.name })}
            onClick={() => onRevoke(key)}
          >
            {t('keys.revoke')}
          </Button>
        ) : (
          <Badge>{t('keys.revoked', { at: format.dayOfInstant(key.revokedAt) })}</Badge>
        ),
    },
  ];
  return <FigureTable caption={t('keys.title')} columns={columns} rows={keys} keyOf={({ id }) => id} />;
}
