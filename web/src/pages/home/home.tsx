import { useTranslation } from 'react-i18next';
import { useShop } from '../../api/shop.ts';
import { RangePicker } from '../../range/range-picker.tsx';
import { useRange } from '../../range/use-range.ts';
import { BlockStack, Page } from '../../ui/index.ts';
import { Advisor } from './advisor.tsx';
import { Economics } from './economics.tsx';
import { Figures } from './figures.tsx';
import { Guide } from './guide.tsx';
import { Problems } from './problems.tsx';

/** How the shop does: what is wrong, what is left to set up, and the figures of the days chosen. */
export default function Home() {
  const { t } = useTranslation('home');
  const { data: shop } = useShop();
  const { chosen, choose } = useRange();
  return (
    <Page title={t('title')} subtitle={t('subtitle')}>
      <BlockStack gap="600">
        <Problems />
        <Guide />
        <Figures chosen={chosen} picker={chosen && <RangePicker chosen={chosen} onChoose={choose} />} />
        <Economics shop={shop} to={chosen?.range.to ?? null} />
        <Advisor today={shop?.today ?? null} />
      </BlockStack>
    </Page>
  );
}
