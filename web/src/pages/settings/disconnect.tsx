import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDisconnect } from '../../api/settings.ts';
import type { ShopView } from '../../api/shop.ts';
import { Banner, Button, Confirm, InlineStack, PageSection, Text, useExplain, useToast } from '../../ui/index.ts';

/** Takes Bazgasht out of the shop, where that can be done from here. */
export function Disconnect({ shop: { platform, state } }: { shop: ShopView }) {
  const { t } = useTranslation('settings');
  const [asking, setAsking] = useState(false);
  const { mutate, isPending, isSuccess } = useDisconnect();
  const say = useToast();
  const explain = useExplain();
  const disconnect = (): void =>
    mutate(undefined, {
      onError: (error) => say(explain(error), { isError: true }),
      onSettled: () => setAsking(false),
    });
  if (isSuccess) {
    return (
      <Banner tone="success" title={t('connection.disconnectDone')}>
        <p>{t('connection.disconnectNext')}</p>
      </Banner>
    );
  }
  if (platform === 'shopify') {
    return (
      <PageSection title={t('connection.end')} text={t('connection.shopifyHow')}>
        {null}
      </PageSection>
    );
  }
  return (
    <PageSection title={t('connection.end')} text={t('connection.disconnectText')}>
      <InlineStack>
        {state === 'installed' ? (
          <Button tone="critical" onClick={() => setAsking(true)}>
            {t('connection.disconnect')}
          </Button>
        ) : (
          <Text as="p">{t(`connection.states.${state}`)}</Text>
        )}
      </InlineStack>
      <Confirm
        open={asking}
        title={t('connection.disconnectTitle')}
        text={t('connection.disconnectText')}
        action={t('connection.disconnect')}
        busy={isPending}
        onConfirm={disconnect}
        onClose={() => setAsking(false)}
      />
    </PageSection>
  );
}
