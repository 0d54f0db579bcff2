import { useTranslation } from 'react-i18next';
import { useShopStatus } from '../../api/shop-status.ts';
import { Banner, BlockStack, Reason } from '../../ui/index.ts';

/** What is wrong and has words of its own here; everything else is said as the server says it. */
const KNOWN = {
  'access.refused': 'accessRefused',
  'currency.changed': 'currencyChanged',
  'scopes.missing': 'scopesMissing',
  'webhooks.mended': 'webhooksMended',
  'webhooks.refused': 'webhooksRefused',
} as const;
const LATE_SECONDS = 300;

const isGrave = (code: string): boolean => code === 'access.refused' || code === 'currency.changed';

/** What is wrong between the shop and its platform, the gravest first, with what to do about it. */
export function Problems() {
  const { t } = useTranslation('home');
  const { data } = useShopStatus();
  if (!data) return null;
  const { problems, parked, lagSeconds, waiting } = data;
  const late = lagSeconds > LATE_SECONDS && waiting > 0;
  if (problems.length === 0 && parked === 0 && !late) return null;
  return (
    <BlockStack gap="300">
      {problems.map(({ code, message }) => {
        const known = code in KNOWN ? KNOWN[code as keyof typeof KNOWN] : null;
        return (
          <Banner
            key={code}
            tone={isGrave(code) ? 'critical' : 'warning'}
            title={t(`problems.${known ?? 'other'}.title`)}
            action={{ content: t('problems.look'), url: '/activity?tab=jobs' }}
          >
            <p>
              <Reason code={code} sentence={message} />
            </p>
          </Banner>
        );
      })}
      {parked > 0 && (
        <Banner
          tone="warning"
          title={t('problems.parked.title')}
          action={{ content: t('problems.parked.action'), url: '/activity?tab=deliveries' }}
        >
          <p>{t('problems.parked.text')}</p>
        </Banner>
      )}
      {late && (
        <Banner title={t('problems.late.title')}>
          <p>{t('problems.late.text')}</p>
        </Banner>
      )}
    </BlockStack>
  );
}
