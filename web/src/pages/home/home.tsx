import { useTranslation } from 'react-i18next';
import { useShop } from '../../api/shop.ts';
import { useFormat } from '../../format/provider.tsx';
import { Card, Page, Text } from '../../ui/index.ts';

export default function Home() {
  const { t } = useTranslation('home');
  const { data } = useShop();
  const format = useFormat();
  return (
    <Page title={t('title')}>
      <Card>
        <Text as="p">
          <bdi>{data?.domain}</bdi> {format.money(1234567.5)} {format.day('2026-03-21')}
        </Text>
      </Card>
    </Page>
  );
}
