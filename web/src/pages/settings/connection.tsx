import { useTranslation } from 'react-i18next';
import { useShop } from '../../api/shop.ts';
import { useShopStatus } from '../../api/shop-status.ts';
import { useFormat } from '../../format/provider.tsx';
import { Loaded, PageSection } from '../../ui/index.ts';
import { Disconnect } from './disconnect.tsx';
import { Problems } from './problems.tsx';
import styles from './settings.module.css';

/** What the shop is connected with, how that does, and how it is ended. */
export function Connection() {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const status = useShopStatus();
  return (
    <>
      <PageSection title={t('connection.problems')} text={t('connection.text')}>
        <Loaded query={status} lines={2}>
          {({ problems, parked }) => <Problems problems={problems} parked={parked} platform={shop.data?.platform} />}
        </Loaded>
      </PageSection>
      <PageSection title={t('connection.title')} text={t('connection.aboutText')}>
        <Loaded query={shop} lines={10}>
          {() => <Facts />}
        </Loaded>
      </PageSection>
      {shop.data && <Disconnect shop={shop.data} />}
    </>
  );
}

function Facts() {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { data: shop } = useShop();
  const { data: status } = useShopStatus();
  if (!shop) return null;
  const none = t('common:states.none');
  const { installedAt = null, lastOrder = null, lagSeconds = 0 } = status ?? {};
  const facts: [name: string, value: string, raw?: boolean][] = [
    [t('connection.platform'), t(`connection.platforms.${shop.platform}`)],
    [t('connection.domain'), shop.domain, true],
    [t('connection.state'), t(`connection.states.${shop.state}`)],
    [t('connection.since'), installedAt === null ? none : format.instant(installedAt)],
    [
      t('connection.lastOrder'),
      lastOrder === null
        ? none
        : t('connection.lastOrderAt', { number: lastOrder.number, at: format.instant(lastOrder.placedAt) }),
    ],
    [
      t('connection.lag'),
      lagSeconds < 1
        ? t('connection.lagNone')
        : t('connection.lagSeconds', { seconds: format.count(Math.round(lagSeconds)) }),
    ],
    [t('connection.program'), format.dayOfInstant(shop.programStart)],
    [t('connection.currency'), shop.currency, true],
    [t('connection.timeZone'), shop.timeZone, true],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value, raw]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{raw ? <bdi>{value}</bdi> : value}</dd>
        </div>
      ))}
    </dl>
  );
}
