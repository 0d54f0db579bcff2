import { useTranslation } from 'react-i18next';
import type { ShopView } from '../../api/shop.ts';
import type { ShopStatus } from '../../api/shop-status.ts';
import { useFormat } from '../../format/provider.tsx';
import { Banner, BlockStack, Button, InlineStack, Reason, Text } from '../../ui/index.ts';

const CONNECT = '/connect/woocommerce';
/** Codes that a new connection mends. */
const MENDED_BY_CONNECTING =
  /^(?:access\.refused|woocommerce\.(?:keys_refused|header_stripped|permission|redirected))$/;

type Props = { problems: ShopStatus['problems']; parked: number; platform: ShopView['platform'] | undefined };

/** What is wrong between the shop and its platform, a sentence each, with what can be done about it here. */
export function Problems({ problems, parked, platform }: Props) {
  const { t } = useTranslation('settings');
  if (problems.length === 0 && parked === 0) return <Banner tone="success">{t('connection.fine')}</Banner>;
  return (
    <BlockStack gap="300">
      {problems.map(({ code, message }) => (
        <Banner key={code} tone="warning">
          <BlockStack gap="200">
            <Text as="p">
              <Reason code={code} sentence={message} />
            </Text>
            {platform === 'woocommerce' && MENDED_BY_CONNECTING.test(code) && (
              <InlineStack>
                <Button url={CONNECT} external>
                  {t('connection.reconnect')}
                </Button>
              </InlineStack>
            )}
          </BlockStack>
        </Banner>
      ))}
      {parked > 0 && <Parked parked={parked} />}
    </BlockStack>
  );
}

function Parked({ parked }: { parked: number }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  return (
    <Banner tone="warning">
      <BlockStack gap="200">
        <Text as="p">{t('connection.parked', { count: parked, shown: format.count(parked) })}</Text>
        <InlineStack>
          <Button url="/activity">{t('connection.activity')}</Button>
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}
